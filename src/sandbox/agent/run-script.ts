import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { constants } from 'node:os'
import { dirname } from 'node:path'
import { boundedOutput } from './bounded-output.ts'
import type { ScriptResult } from './messages.ts'

const outputLimit = 1024 * 1024

export interface Script {
  readonly file: string
  readonly text: string
  readonly workingDirectory: string
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMs: number
  /** Aborted to cancel. */
  readonly signal: AbortSignal
}

/**
 * Runs a script as the SSM agent does: written to a file, `sh -c <file>` in a process group of its own, so that a shebang
 * counts and /bin/sh reads it otherwise. It has ended when nobody holds its output open any more, not when the shell has
 * exited. Time limit and cancel kill the group with SIGKILL; what left the group (setsid) lives on.
 */
export async function runScript(script: Script): Promise<ScriptResult> {
  const refusal = await directoryRefusal(script.workingDirectory)
  if (refusal !== null) return { ended: 'exited', exitCode: 1, stdout: '', stderr: refusal }
  await mkdir(dirname(script.file), { recursive: true, mode: 0o700 })
  await writeFile(script.file, script.text, { mode: 0o700 })
  if (script.signal.aborted) return { ended: 'cancelled', exitCode: 137, stdout: '', stderr: '' }
  const child = spawn('/bin/sh', ['-c', script.file], {
    cwd: script.workingDirectory,
    env: script.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stdout = boundedOutput(child.stdout, outputLimit)
  const stderr = boundedOutput(child.stderr, outputLimit)
  return new Promise((resolve) => {
    let ended: ScriptResult['ended'] = 'exited'
    let exitCode = -1
    const finish = (text = '') => {
      clearTimeout(timer)
      script.signal.removeEventListener('abort', cancel)
      resolve({ ended, exitCode, stdout: stdout.text(), stderr: stderr.text() + text })
    }
    const kill = (reason: 'timed-out' | 'cancelled') => {
      if (ended !== 'exited') return
      ended = reason
      exitCode = 137
      killGroup(child)
      // A child that left the group may hold the output open for ever: nobody waits for it now.
      setTimeout(finish, 100)
    }
    const cancel = () => kill('cancelled')
    const timer = setTimeout(kill, script.timeoutMs, 'timed-out')
    script.signal.addEventListener('abort', cancel)
    child.once('error', (error) => finish(`${error.message}\n`))
    child.once('exit', (code, signal) => {
      if (ended === 'exited') exitCode = exitCodeOf(code, signal)
    })
    child.once('close', () => finish())
  })
}

/** The exit code as a shell gives it: 128 + signal where a signal ended the process. */
export function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal])
}

async function directoryRefusal(directory: string): Promise<string | null> {
  const found = await stat(directory).catch(() => null)
  if (found === null) return `chdir ${directory}: no such file or directory\n`
  return found.isDirectory() ? null : `chdir ${directory}: not a directory\n`
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group is empty already.
  }
}
