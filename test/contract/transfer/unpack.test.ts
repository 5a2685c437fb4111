import { execFile } from 'node:child_process'
import { link, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { planFolder } from '../../../src/app/transfer/plan-folder.ts'
import { unpackArchive } from '../../../src/app/transfer/unpack.ts'
import { writeArchive } from '../../../src/app/transfer/write-archive.ts'
import { archiveOf, arriving, emptyFolder, fill, folderWith, treeOf } from './folder.ts'

const run = promisify(execFile)

test('what the system tar has packed', async () => {
  const folder = await folderWith({
    'out/a.txt': 'abc',
    'out/deep/b': '*x',
    empty: null,
    link: '-> out/a.txt',
    'é $(id)': 'y',
  })
  await link(join(folder, 'out/a.txt'), join(folder, 'out/same'))
  const archive = join(await emptyFolder(), 'x.tar.gz')
  await run('tar', ['-czf', archive, '-C', folder, '.'])
  const target = join(await emptyFolder(), 'results/new')
  const seen: number[] = []
  const bytes = await readFile(archive)
  const result = await unpackArchive(arriving(bytes, 100), target, (done) => seen.push(done))
  expect(result).toEqual({ files: 5, bytes: 3 + 3 + 2 + 1, warnings: [] })
  expect(await treeOf(target)).toEqual(await treeOf(folder))
  expect(seen.at(-1)).toBe(bytes.length)
  expect((await stat(join(target, 'out/deep/b'))).mode & 0o777).toBe(0o755)
})

test('what we have packed ourselves, in one piece or in many', async () => {
  const folder = await folderWith({ 'a/b': new Uint8Array(200_000).fill(65), c: '' })
  const archive = join(await emptyFolder(), 'x.tar.gz')
  await writeArchive(await planFolder(folder, []), archive)
  for (const piece of [1, 512, 1e9]) {
    const target = await emptyFolder()
    await unpackArchive(arriving(await readFile(archive), piece), target)
    expect(await treeOf(target)).toEqual(await treeOf(folder))
  }
})

test('what is there is replaced, never written through', async () => {
  const target = await folderWith({ a: 'old and longer', b: '-> a', keep: 'kept' })
  await link(join(target, 'keep'), join(target, 'c'))
  const archive = await archiveOf({ name: 'a', text: 'new' }, { name: 'b', text: 'file' }, { name: 'c', text: 'third' })
  await unpackArchive(arriving(archive), target)
  expect(await treeOf(target)).toEqual({ a: 'new', b: 'file', c: 'third', keep: 'kept' })
})

test('no setuid, no setgid; always readable by us', async () => {
  const target = await emptyFolder()
  await unpackArchive(
    arriving(
      await archiveOf(
        { name: 'a', mode: 0o6755, text: 'x' },
        { name: 'b', mode: 0o200, text: 'x' },
        { name: 'd', type: 'directory', mode: 0o100 },
      ),
    ),
    target,
  )
  expect((await stat(join(target, 'a'))).mode & 0o7777).toBe(0o755)
  expect((await stat(join(target, 'b'))).mode & 0o7777).toBe(0o600)
  expect((await stat(join(target, 'd'))).mode & 0o700).toBe(0o700)
})

/** Unpacks into `here` of a folder and looks at everything around it. */
async function attempt(archive: Buffer, before: Parameters<typeof fill>[1] = {}) {
  const around = await folderWith({ secret: 'untouched', here: null })
  await fill(join(around, 'here'), before)
  const result = await unpackArchive(arriving(archive), join(around, 'here')).catch((error: unknown) => error)
  const tree = await treeOf(around)
  expect(Object.keys(tree).filter((name) => name !== 'here' && !name.startsWith('here/'))).toEqual(['secret'])
  expect(tree['secret']).toBe('untouched')
  return { result, tree }
}

describe('never outside of the folder', () => {
  test.each(['../secret', '/tmp/x', 'a/../../secret', './../secret', '..'])('a name such as %s', async (name) => {
    const { result } = await attempt(await archiveOf({ name: 'first', text: 'x' }, { name, text: 'evil' }))
    expect(result).toMatchObject({ code: 'TransferFailed', message: expect.stringContaining('outside of the folder') })
  })

  test.each(['../secret', '/etc/passwd', 'a/../../secret', ''])('a link to %j is left out', async (target) => {
    const { result, tree } = await attempt(
      await archiveOf({ name: 'link', type: 'symlink', linkname: target }, { name: 'b', text: 'x' }),
    )
    if (target === '') expect(result).toBeDefined()
    else expect(result).toMatchObject({ files: 1, warnings: [expect.stringContaining('link is left out')] })
    expect(tree['here/link']).toBeUndefined()
  })

  test('a file below a link of the same archive', async () => {
    const { tree } = await attempt(
      await archiveOf({ name: 'd', type: 'symlink', linkname: '..' }, { name: 'd/secret', text: 'evil' }),
    )
    expect(tree['here/d/secret']).toBe('evil')
  })

  test('links that lead out together', async () => {
    const { result, tree } = await attempt(
      await archiveOf({ name: 'a', type: 'symlink', linkname: '.' }, { name: 'b', type: 'symlink', linkname: 'a/..' }),
    )
    expect(tree).toMatchObject({ 'here/a': '-> .' })
    expect(tree['here/b']).toBeUndefined()
    expect(result).toMatchObject({ files: 1 })
  })

  test('links that are there already', async () => {
    const { result } = await attempt(await archiveOf({ name: 'out/x', text: 'evil' }), { out: '-> ..' })
    expect(result).toMatchObject({ code: 'TransferFailed' })
    const second = await attempt(await archiveOf({ name: 'secret', text: 'mine' }), { secret: '-> ../secret' })
    expect(second.tree['here/secret']).toBe('mine')
  })

  test('another name of something outside', async () => {
    const { result } = await attempt(await archiveOf({ name: 'a', type: 'link', linkname: '../secret' }))
    expect(result).toMatchObject({ code: 'TransferFailed' })
  })

  test('devices and pipes are left out', async () => {
    const { result, tree } = await attempt(
      await archiveOf(
        { name: 'null', type: 'character-device', devmajor: 1, devminor: 3 },
        { name: 'p', type: 'fifo' },
        { name: 'b', text: 'x' },
      ),
    )
    expect(result).toEqual({
      files: 1,
      bytes: 1,
      warnings: ['null is left out: it is a character-device', 'p is left out: it is a fifo'],
    })
    expect(tree).toEqual({ here: null, 'here/b': 'x', secret: 'untouched' })
  })
})

const failure = async (stream: Readable, folder?: string) =>
  unpackArchive(stream, folder ?? (await emptyFolder())).then(
    () => expect.unreachable(),
    (error: unknown) => error,
  )

describe('refused', () => {
  test('an archive that ends too early, wherever', async () => {
    const whole = await archiveOf({ name: 'a', text: 'x'.repeat(5000) }, { name: 'b', text: 'y' })
    for (const length of [0, 5, 20, whole.length - 9, whole.length - 1]) {
      expect(await failure(arriving(whole.subarray(0, length))), String(length)).toMatchObject({
        code: 'TransferFailed',
      })
    }
  })

  test('one that is damaged, or is none', async () => {
    const whole = await archiveOf({ name: 'a', text: 'x' })
    whole.fill(0xff, 30, 40)
    expect(await failure(arriving(whole))).toMatchObject({
      code: 'TransferFailed',
      message: expect.stringMatching(/unpack the archive into .*: /),
    })
    expect(await failure(arriving(Buffer.from('<html>no</html>')))).toMatchObject({ code: 'TransferFailed' })
  })

  test('a stream that breaks off; its own error stays the cause', async () => {
    const whole = await archiveOf({ name: 'a', text: 'x'.repeat(100_000) })
    const broken = new Error('socket hang up')
    const stream = Readable.from(
      (async function* () {
        yield whole.subarray(0, 100)
        throw await Promise.resolve(broken)
      })(),
    )
    expect(await failure(stream)).toMatchObject({ code: 'TransferFailed', cause: broken })
  })

  test('a file where a folder is, and a folder where a file is', async () => {
    expect(
      await failure(arriving(await archiveOf({ name: 'a', text: 'x' })), await folderWith({ 'a/b': '' })),
    ).toMatchObject({ message: expect.stringContaining('a folder of that name is there') })
    expect(
      await failure(arriving(await archiveOf({ name: 'a/b', text: 'x' })), await folderWith({ a: '' })),
    ).toMatchObject({ message: expect.stringContaining('something else than a folder') })
  })
})
