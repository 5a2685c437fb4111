import { execFile } from 'node:child_process'
import {
  appendFile,
  chmod,
  mkdir,
  readdir,
  readFile,
  rename,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { contentHash } from '../../../src/app/transfer/content-hash.ts'
import { planFolder } from '../../../src/app/transfer/plan-folder.ts'
import { writeArchive } from '../../../src/app/transfer/write-archive.ts'
import { emptyFolder, folderWith, treeOf } from './folder.ts'

const run = promisify(execFile)

const TREE = {
  'heat.c': 'int main;',
  'run.sh': '*#!/bin/sh\n',
  'data/deep/x.bin': new Uint8Array([0, 255, 10]),
  'data/empty': '',
  'a folder/with $(id) "quotes"\nand more': 'x',
  hollow: null,
  inside: '-> data/empty',
  outside: '-> /etc/hostname',
  'ünïcode-長い': 'y',
}

/** What the archive of a folder has when the system's own tar unpacks it. */
async function packed(folder: string, ignore: readonly string[] = []) {
  const target = await emptyFolder()
  const archive = join(await emptyFolder(), 'a.tar.gz')
  const plan = await planFolder(folder, ignore)
  const { bytes } = await writeArchive(plan, archive)
  await run('tar', ['-xzf', archive, '-C', target, '--no-same-owner'])
  return { plan, target, archive, bytes }
}

test('what is packed is what tar unpacks', async () => {
  const folder = await folderWith(TREE)
  const { plan, target, archive, bytes } = await packed(folder)
  expect(await treeOf(target)).toEqual(await treeOf(folder))
  expect(plan.warnings).toEqual([])
  expect(plan.bytes).toBe(9 + 11 + 3 + 1 + 1)
  expect((await stat(archive)).size).toBe(bytes)
  expect((await stat(join(target, 'run.sh'))).mode & 0o777).toBe(0o755)
  expect((await stat(join(target, 'heat.c'))).mode & 0o777).toBe(0o644)
})

test('names as long as they come', async () => {
  const long = `${'d'.repeat(120)}/${'é'.repeat(100)}/${'f'.repeat(200)}`
  const folder = await folderWith({ [long]: 'x', link: `-> ${long}` })
  expect(await treeOf((await packed(folder)).target)).toEqual(await treeOf(folder))
})

test('the same content gives the same bytes and the same hash, wherever and whenever', async () => {
  const [one, two] = [await folderWith(TREE), await folderWith(TREE)]
  await utimes(join(two, 'heat.c'), 1, 1)
  const [first, second] = [await packed(one), await packed(two)]
  expect((await readFile(first.archive)).equals(await readFile(second.archive))).toBe(true)
  expect(await contentHash(first.plan)).toBe(await contentHash(second.plan))
  expect(await contentHash(first.plan)).toMatch(/^[0-9a-f]{64}$/)
})

describe('the hash changes with', () => {
  test.each<[string, (folder: string) => Promise<unknown>]>([
    ['content', async (folder) => writeFile(join(folder, 'heat.c'), 'int Main;')],
    ['the name', async (folder) => rename(join(folder, 'heat.c'), join(folder, 'heat.d'))],
    ['the right to execute', async (folder) => chmod(join(folder, 'heat.c'), 0o755)],
    ['an empty folder', async (folder) => mkdir(join(folder, 'new'))],
  ])('%s', async (_name, change) => {
    const folder = await folderWith(TREE)
    const before = await contentHash(await planFolder(folder, []))
    await change(folder)
    expect(await contentHash(await planFolder(folder, []))).not.toBe(before)
  })
})

describe('ignored', () => {
  const tree = {
    'a.o': '',
    'b.c': '',
    'A.O': '',
    'sub/a.o': '',
    'sub/keep.o': '',
    '.git/HEAD': '',
    'x/node_modules/y': '',
    'results/old': '',
    'sub/results/z': '',
  }
  const kept = async (files: Record<string, string>, ignore: readonly string[]) =>
    (await planFolder(await folderWith({ ...tree, ...files }), ignore)).entries.map(({ path }) => path)

  test('.git, node_modules and results, without being asked', async () => {
    expect(await kept({}, [])).toEqual([
      'A.O',
      'a.o',
      'b.c',
      'sub',
      'sub/a.o',
      'sub/keep.o',
      'sub/results',
      'sub/results/z',
      'x',
    ])
  })

  test('patterns as in .gitignore, in the job and in .musterignore, the last one wins', async () => {
    const own = '# mine\n*.o\r\n\n!sub/keep.o\n'
    expect(await kept({ '.musterignore': own }, ['/x', '.musterignore'])).toEqual([
      'A.O',
      'b.c',
      'sub',
      'sub/keep.o',
      'sub/results',
      'sub/results/z',
    ])
    expect(await kept({}, ['!/results/', 'sub', 'x', '*.o'])).toEqual(['A.O', 'b.c', 'results', 'results/old'])
  })
})

test('sockets and pipes stay behind with a warning', async () => {
  const folder = await folderWith({ 'a.txt': '' })
  const server = createServer().listen(join(folder, 'socket'))
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  await run('mkfifo', [join(folder, 'pipe')])
  const plan = await planFolder(folder, [])
  expect(plan.entries.map(({ path }) => path)).toEqual(['a.txt'])
  expect(plan.warnings.toSorted()).toEqual([
    'pipe stays behind: it is a named pipe',
    'socket stays behind: it is a socket',
  ])
})

describe('refused', () => {
  test.each<[string, (path: string) => Promise<unknown>]>([
    ['grows', async (path) => appendFile(path, 'more')],
    ['shrinks', async (path) => truncate(path, 1)],
    ['is written again', async (path) => writeFile(path, 'ABC')],
    ['is replaced', async (path) => writeFile(`${path}.new`, 'abc').then(async () => rename(`${path}.new`, path))],
  ])('a file that %s while it is packed', async (_name, change) => {
    const folder = await folderWith({ 'a.txt': 'abc' })
    const plan = await planFolder(folder, [])
    await change(join(folder, 'a.txt'))
    const target = await emptyFolder()
    const problem = { code: 'TransferFailed', message: `${folder}/a.txt changed while it was being packed` }
    await expect(contentHash(plan)).rejects.toMatchObject(problem)
    await expect(writeArchive(plan, join(target, 'x'))).rejects.toMatchObject(problem)
    expect(await readdir(target)).toEqual([])
  })

  test('a file that goes away, and a folder that is none', async () => {
    const folder = await folderWith({ 'a.txt': 'abc' })
    const plan = await planFolder(folder, [])
    await rename(join(folder, 'a.txt'), join(folder, 'b.txt'))
    await expect(contentHash(plan)).rejects.toThrow(`could not read ${folder}/a.txt: it is not there any more`)
    await expect(planFolder(join(folder, 'nowhere'), [])).rejects.toThrow('it is not there any more')
  })

  test('an archive that cannot be written', async () => {
    const plan = await planFolder(await folderWith(TREE), [])
    await expect(writeArchive(plan, '/nonexistent/x')).rejects.toMatchObject({ code: 'TransferFailed' })
  })

  test('no more, once it is aborted', async () => {
    const plan = await planFolder(await folderWith({ big: new Uint8Array(3_000_000), small: 'x' }), [])
    const target = await emptyFolder()
    const control = new AbortController()
    const reason = new Error('enough')
    const writing = writeArchive(plan, join(target, 'x'), control.signal, () => control.abort(reason))
    await expect(writing).rejects.toBe(reason)
    expect(await readdir(target)).toEqual([])
  })
})

test('progress ends with all bytes', async () => {
  const plan = await planFolder(await folderWith({ a: new Uint8Array(1_000_000), b: 'xy' }), [])
  const seen: number[] = []
  await writeArchive(plan, join(await emptyFolder(), 'x'), undefined, (done) => seen.push(done))
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(seen.at(-1)).toBe(1_000_002)
})
