import { constants } from 'node:fs'
import { access, readFile, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { LocalMachine } from '../ports/machine.ts'
import { sandboxAbilities } from './compose.ts'
import { musterHome } from './home.ts'

/** This machine, as the doctor looks at it. */
export function localMachine(env: NodeJS.ProcessEnv): LocalMachine {
  return {
    async node() {
      const least = await leastNode()
      return { version: process.version, least, fits: !isOlder(process.versions.node, least) }
    },
    async home() {
      const path = musterHome(env)
      const there = await existing(path)
      const { bavail, bsize } = await statfs(there)
      return { path, writable: await isWritable(there), freeBytes: bavail * bsize }
    },
    async sandbox() {
      const { kind, missing } = await sandboxAbilities(env)
      return {
        kind,
        reason: kind === 'namespace' ? null : whyProcesses(env),
        missing: missing.map(({ program, debianPackage, neededFor, essential = false }) => ({
          program,
          package: debianPackage,
          neededFor,
          essential,
        })),
      }
    },
  }
}

/** `engines` of our own package.json, without its sign. */
async function leastNode(): Promise<string> {
  const file = new URL('../../package.json', import.meta.url)
  const { engines } = JSON.parse(await readFile(file, 'utf8')) as { readonly engines: { readonly node: string } }
  return engines.node.replace(/^[^0-9]*/, '')
}

function isOlder(version: string, least: string): boolean {
  const [ours, theirs] = [version, least].map((text) => text.split('.').map(Number))
  for (const [at, part] of (theirs ?? []).entries()) {
    const own = ours?.[at] ?? 0
    if (own !== part) return own < part
  }
  return false
}

/** The folder, or the nearest one above it that is there. */
async function existing(path: string): Promise<string> {
  for (let here = path; ; here = dirname(here)) {
    const there = await access(here).then(
      () => true,
      () => false,
    )
    if (there || here === dirname(here)) return here
  }
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  )
}

function whyProcesses(env: NodeJS.ProcessEnv): string {
  if (env['MUSTER_SANDBOX_NODES'] === 'process') return 'MUSTER_SANDBOX_NODES says so'
  return process.platform === 'linux' ? 'namespaces need root' : `namespaces need Linux, this is ${process.platform}`
}
