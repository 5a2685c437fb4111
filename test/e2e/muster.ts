import { readFile, readdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa, type Options, type ResultPromise } from 'execa'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** The whole program as a user has it, with a home of its own: `muster(...)` runs `bin/muster`, `close` proves that nothing is left. */
export interface Rehearsal {
  readonly home: string
  /** Where commands run: `results/` and `muster.yaml` lie here. */
  readonly folder: string
  muster(args: readonly string[], options?: Options): ResultPromise<{ reject: false }>
  /** Stops the sandbox and removes the home; resolves with what outlived it: processes, namespaces, mounts. */
  close(): Promise<string[]>
}

export async function rehearse(): Promise<Rehearsal> {
  const home = await mkdtemp(join(tmpdir(), 'muster-e2e-'))
  const folder = join(home, 'project with spaces')
  await execa('mkdir', ['-p', folder])
  const environment = { MUSTER_HOME: join(home, 'muster'), HOME: home, CI: 'true', NO_COLOR: '1' }
  const before = await traces(home)
  const muster = (args: readonly string[], options: Options = {}) =>
    execa(join(ROOT, 'bin/muster'), [...args], {
      cwd: folder,
      reject: false,
      stdin: 'ignore',
      ...options,
      env: { ...environment, ...options.env },
    }) as ResultPromise<{ reject: false }>
  return {
    home,
    folder,
    muster,
    close: async () => {
      await muster(['sandbox', 'stop'])
      const left = (await traces(home)).filter((trace) => !before.includes(trace))
      await rm(home, { recursive: true, force: true })
      return left
    },
  }
}

/** A file of the examples in `jobs/`. */
export function example(name: string): string {
  return join(ROOT, 'jobs', name)
}

/** What a sandbox of this home would leave behind: processes that name it, mounts below it, namespaces named after muster. */
async function traces(home: string): Promise<string[]> {
  const mounts = (await readFile('/proc/mounts', 'utf8').catch(() => ''))
    .split('\n')
    .filter((line) => line.includes(home))
  const namespaces = await readdir('/run/netns').catch(() => [])
  const processes: string[] = []
  for (const pid of (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))) {
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')
    if (words.includes(home)) processes.push(`process ${pid}: ${words.trim()}`)
  }
  return [...mounts.map((line) => `mount ${line}`), ...namespaces.map((name) => `namespace ${name}`), ...processes]
}
