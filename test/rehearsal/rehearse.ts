import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tracesOf } from './traces.ts'

const root = join(import.meta.dirname, '..', '..')
/** For a test that starts it otherwise than `run` and `start` do. */
export const muster = join(root, 'bin/muster')

/** The whole program as a user has it, with a home and a folder of its own. */
export interface Rehearsal {
  /** Everything of it lies below here. */
  readonly home: string
  /** Where commands run: `results/` and `muster.yaml` lie here. */
  readonly folder: string
  /** What `bin/muster` is started with, for a test that starts it otherwise. */
  readonly env: NodeJS.ProcessEnv
  /** Runs `bin/muster` to its end, with no terminal. */
  run(...words: readonly string[]): Promise<Ended>
  start(...words: readonly string[]): Running
  /** Stops the sandbox and removes the home; resolves with what outlived it: processes, mounts. */
  close(): Promise<string[]>
}

export interface Ended {
  /** 128 where a signal ended it. */
  readonly exitCode: number
  readonly ms: number
  readonly bytes: Buffer
  readonly stdout: string
  readonly stderr: string
  /** When stdout came, in milliseconds since the start. */
  readonly chunks: readonly { readonly at: number; readonly bytes: number }[]
}

export interface Running {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  /** What it has written so far. */
  stdout(): string
  stderr(): string
}

/** `given` is added to the environment: how the sandbox is to be. */
export function rehearse(given: NodeJS.ProcessEnv = {}): Rehearsal {
  const home = mkdtempSync(join(tmpdir(), 'muster-rehearsal-'))
  const folder = join(home, 'a project')
  mkdirSync(folder)
  const env = { ...process.env, MUSTER_HOME: join(home, 'muster'), HOME: home, CI: 'true', NO_COLOR: '1', ...given }
  const start = (...words: readonly string[]): Running => {
    const began = performance.now()
    const child = spawn(muster, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    const chunks: { at: number; bytes: number }[] = []
    child.stdout.on('data', (bytes: Buffer) => {
      stdout.push(bytes)
      chunks.push({ at: performance.now() - began, bytes: bytes.length })
    })
    child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes))
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code) => {
        const bytes = Buffer.concat(stdout)
        const ms = performance.now() - began
        resolve({ exitCode: code ?? 128, ms, bytes, stdout: bytes.toString(), stderr: text(stderr), chunks })
      })
    })
    return { process: child, ended, stdout: () => text(stdout), stderr: () => text(stderr) }
  }
  const run = (...words: readonly string[]) => start(...words).ended
  return {
    home,
    folder,
    env,
    start,
    run,
    close: async () => {
      await run('sandbox', 'stop')
      const left = await tracesOf(home)
      rmSync(home, { recursive: true, force: true })
      return left
    },
  }
}

/** A run that has to succeed for what follows to mean anything. */
export function succeeded(ended: Ended): Ended {
  if (ended.exitCode !== 0) throw new Error(`exit code ${ended.exitCode}: ${ended.stderr.slice(-2000)}`)
  return ended
}

/** A file of the examples in `jobs/`. */
export function example(name: string): string {
  return join(root, 'jobs', name)
}

function text(pieces: readonly Buffer[]): string {
  return Buffer.concat(pieces).toString()
}
