import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadSettings } from '../../../src/config/load-settings.ts'
import { NO_LIMITS } from '../../../src/core/fleet/limits.ts'
import { BUILT_IN_FLEET } from '../../../src/config/settings.ts'
import { folderWith } from './folder.ts'

const load = async (cwd: string, env: Record<string, string> = {}, flags = {}) =>
  loadSettings({ cwd, env: { HOME: '/nonexistent', ...env }, flags })

const builtInFleet = (folder: string) => ({
  ...BUILT_IN_FLEET,
  project: { limits: NO_LIMITS, fleets: ['hpc'], folder },
})

test('the starter file describes the built-in default', async () => {
  const folder = join(import.meta.dirname, '../../../templates')
  const settings = await load(folder)
  expect(settings).toMatchObject({ cloud: 'sandbox', region: 'us-east-1', defaultFleet: 'hpc' })
  expect(settings.fleets).toEqual({ hpc: builtInFleet(folder) })
})

test('no file: built-in default, the current folder is the project', async () => {
  const folder = await folderWith({ '.git/HEAD': '' })
  const fleets = { hpc: builtInFleet(folder) }
  expect(await load(folder)).toMatchObject({ cloud: 'sandbox', fleets, projectFolder: folder })
})

test('found in a parent, but not beyond the top of the repository', async () => {
  const folder = await folderWith({
    'muster.yaml': 'region: eu-west-1\n',
    'a/b/x': '',
    'repository/.git/HEAD': '',
    'repository/c/x': '',
  })
  const inside = await load(join(folder, 'a/b'))
  expect(inside).toMatchObject({ region: 'eu-west-1', projectFolder: folder })
  expect(inside.origin['region']).toBe(`${folder}/muster.yaml:1:9`)
  expect((await load(join(folder, 'repository/c'))).region).toBe('us-east-1')
})

test('the user file lies in MUSTER_HOME, or in ~/.config/muster', async () => {
  const folder = await folderWith({
    'home/.config/muster/muster.yaml': 'region: eu-west-1\n',
    'state/config.yaml': 'region: eu-west-2\n',
    'project/.git/HEAD': '',
  })
  const project = join(folder, 'project')
  expect((await load(project, { HOME: join(folder, 'home') })).region).toBe('eu-west-1')
  expect((await load(project, { MUSTER_HOME: join(folder, 'state') })).region).toBe('eu-west-2')
})

test('an empty file is as good as none', async () => {
  const folder = await folderWith({ 'muster.yaml': '# nothing\n' })
  expect((await load(folder)).defaultFleet).toBe('hpc')
})

test.each<[string, string | Uint8Array, string]>([
  ['binary', Buffer.from([0x7f, 0x45, 0x00, 0x01]), 'muster.yaml: is a binary file, not text'],
  ['not UTF-8', Buffer.from([0x61, 0xff, 0xfe]), 'muster.yaml: is not UTF-8 text'],
  ['too large', '#'.repeat(1024 * 1024 + 1), 'muster.yaml: has 1048577 bytes; at most 1 MiB is read'],
  [
    'a mount over the system',
    'fleets: {hpc: {storage: {mount: /etc}}}',
    'muster.yaml:1:33: fleets.hpc.storage.mount is "/etc"; it must be a folder of its own, such as /fsx: the system of a node lives there',
  ],
  ['wrong', 'regin: x\n', 'muster.yaml:1:1: unknown key "regin"; did you mean "region"?'],
])('%s', async (_name, content, message) => {
  const folder = await folderWith({ 'muster.yaml': content })
  await expect(load(folder)).rejects.toMatchObject({ code: 'ConfigInvalid', message })
})

test('a folder of that name', async () => {
  const folder = await folderWith({})
  await mkdir(join(folder, 'muster.yaml'))
  await expect(load(folder)).rejects.toThrow('muster.yaml: is a folder, not a file')
})

test('one that cannot be read', async () => {
  const folder = await folderWith({})
  await symlink('muster.yaml', join(folder, 'muster.yaml'))
  await expect(load(folder)).rejects.toThrow('muster.yaml: cannot be read: ELOOP')
})

test('problems of the file and the command line come together', async () => {
  const folder = await folderWith({ 'muster.yaml': 'cloud: azure\nfleets: {a: {nodes: 0}}\n' })
  await expect(load(folder, { MUSTER_REGION: 'x' }, { cloud: 'moon' })).rejects.toMatchObject({
    code: 'ConfigInvalid',
    message: expect.stringMatching(
      /^4 problems:\n.*muster\.yaml:1:8: .*\n.*muster\.yaml:2:21: .*\n.*--cloud: .*\n.*MUSTER_REGION: /,
    ),
  })
})

test('a wrong flag alone is wrong usage', async () => {
  await expect(load(await folderWith({}), {}, { region: 'x' })).rejects.toMatchObject({ code: 'UsageInvalid' })
})
