import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

export interface Ran {
  readonly exitCode: number
  readonly ms: number
  readonly stdout: Buffer
  readonly stderr: string
  /** When each line of `--progress jsonl` and each chunk came, milliseconds since the start. */
  readonly chunks: readonly { readonly at: number; readonly bytes: number }[]
}

/** A home and a folder of their own for one bench; `run` is `bin/muster` as a user runs it. */
export interface Rehearsal {
  run(...words: readonly string[]): Promise<Ran>
  close(): Promise<void>
}

export function rehearse(): Rehearsal {
  const home = mkdtempSync(join(tmpdir(), 'muster-bench-'))
  const env = { ...process.env, MUSTER_HOME: join(home, 'muster'), CI: 'true', NO_COLOR: '1' }
  const run = (...words: readonly string[]): Promise<Ran> =>
    new Promise((resolve, reject) => {
      const began = performance.now()
      const child = spawn(join(root, 'bin/muster'), words, { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] })
      const stdout: Buffer[] = []
      const stderr: Buffer[] = []
      const chunks: { at: number; bytes: number }[] = []
      child.stdout.on('data', (bytes: Buffer) => {
        stdout.push(bytes)
        chunks.push({ at: performance.now() - began, bytes: bytes.length })
      })
      child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes))
      child.once('error', reject)
      child.once('close', (code) => {
        const ms = performance.now() - began
        resolve({
          exitCode: code ?? 128,
          ms,
          stdout: Buffer.concat(stdout),
          stderr: Buffer.concat(stderr).toString(),
          chunks,
        })
      })
    })
  return {
    run,
    close: async () => {
      await run('sandbox', 'stop')
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** A run that has to succeed to be worth a figure. */
export function succeeded(ran: Ran): Ran {
  if (ran.exitCode !== 0) throw new Error(`exit code ${ran.exitCode}: ${ran.stderr.slice(-2000)}`)
  return ran
}
