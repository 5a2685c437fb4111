// Builds dist/ from src/: TypeScript to JavaScript without checking types (npm test does that), every other file copied,
// then oclif's manifest, which saves loading all commands at each start. The new folder replaces the old one at once, so a
// muster that runs meanwhile never sees half a build. The stamp comes last: without it there is no build. It carries the
// time at which the build began, so that a file which was saved meanwhile is newer.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')
const began = new Date()

try {
  compile(join(root, 'dist.next'))
  replace(join(root, 'dist.next'))
  await writeManifest()
  writeFileSync(join(dist, '.stamp'), '')
  utimesSync(join(dist, '.stamp'), began, began)
} catch (error) {
  process.stderr.write(`muster: the build failed: ${error.message}\n`)
  process.exitCode = 1
}

function compile(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  const words = [
    join(root, 'node_modules/typescript/bin/tsc'),
    '-p',
    join(root, 'tsconfig.build.json'),
    '--noCheck',
    '--outDir',
    folder,
  ]
  const tsc = spawnSync(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (tsc.status !== 0) throw new Error('tsc says why above')
  cpSync(join(root, 'src'), folder, {
    recursive: true,
    filter: (path) => statSync(path).isDirectory() || !path.endsWith('.ts'),
  })
}

function replace(folder) {
  const old = join(root, 'dist.old')
  rmSync(old, { recursive: true, force: true })
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(folder, dist)
  rmSync(old, { recursive: true, force: true })
}

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
