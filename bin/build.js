// Builds dist/ from src/: TypeScript to JavaScript without checking types (npm test does that), every other file copied,
// then oclif's manifest, which saves loading all commands at each start. The new folder replaces the old one at once,
// so a muster that runs meanwhile never sees half a build. The stamp carries the time at which the build began: a file
// that was saved while it ran is newer.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const next = join(root, 'dist.next')
const dist = join(root, 'dist')
const began = new Date()

rmSync(next, { recursive: true, force: true })
const tsc = spawnSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', root, '--noCheck', '--outDir', next],
  { stdio: ['ignore', 'inherit', 'inherit'] },
)
if (tsc.status !== 0) fail('the build failed: tsc says why above')

cpSync(join(root, 'src'), next, {
  recursive: true,
  filter: (path) => statSync(path).isDirectory() || !/\.ts$/.test(path),
})
writeFileSync(join(next, '.stamp'), '')
utimesSync(join(next, '.stamp'), began, began)

rmSync(join(root, 'dist.old'), { recursive: true, force: true })
if (existsSync(dist)) renameSync(dist, join(root, 'dist.old'))
renameSync(next, dist)
rmSync(join(root, 'dist.old'), { recursive: true, force: true })

await writeManifest()

async function writeManifest() {
  const { Plugin } = await import('@oclif/core/config')
  const { settings } = await import('@oclif/core/settings')
  settings.enableAutoTranspile = false
  const plugin = new Plugin({ ignoreManifest: true, root, errorOnManifestCreate: true, respectNoCacheDefault: true })
  await plugin.load()
  const path = join(root, 'oclif.manifest.json')
  writeFileSync(`${path}.next`, `${JSON.stringify(plugin.manifest, null, 2)}\n`)
  renameSync(`${path}.next`, path)
}

function fail(message) {
  rmSync(next, { recursive: true, force: true })
  process.stderr.write(`muster: ${message}\n`)
  process.exit(1)
}
