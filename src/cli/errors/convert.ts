import { MusterError, isMusterError } from '../../core/errors/muster-error.ts'
import { hintInstead } from '../../core/errors/hint-instead.ts'
import { writeBugLog } from './bug-log.ts'
import { helpOf, usageError } from './usage.ts'

/**
 * Anything that was thrown, as the one error that a user sees. Called once, at the edge. What nobody foresaw becomes a
 * `Bug` whose stack goes to a log file and never to the terminal.
 */
export function toMusterError(thrown: unknown, env: NodeJS.ProcessEnv, command: string | null = null): MusterError {
  if (isMusterError(thrown, 'UsageInvalid')) return hintInstead(thrown, helpOf(command)) as MusterError
  if (isMusterError(thrown)) return thrown
  const usage = usageError(thrown, command)
  if (usage) return usage
  if (isSandboxError(thrown)) {
    const [said = '', ...tail] = thrown.message.split('\n')
    return new MusterError('SandboxFailed', said, {
      cause: thrown,
      suggestions: [`tail ${thrown.log}`, 'muster sandbox stop'],
      data: { log: thrown.log, tail },
    })
  }
  const message = firstLine(thrown instanceof Error ? thrown.message : String(thrown))
  const errno = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  if (errno === 'ENOSPC' || errno === 'EDQUOT' || isFull(thrown)) {
    return new MusterError('DiskFull', `the disk is full: ${message}`, { cause: thrown })
  }
  const log = writeBugLog(thrown, env)
  return new MusterError('Bug', `unexpected failure: ${message}`, {
    cause: thrown,
    suggestions: [...(log === null ? [] : [`cat ${log}`]), 'run the command again with -v'],
    data: log === null ? {} : { log },
  })
}

/** By name: the sandbox is loaded only where it is used, and its error's class with it. */
function isSandboxError(thrown: unknown): thrown is Error & { readonly log: string } {
  return thrown instanceof Error && thrown.name === 'SandboxError' && 'log' in thrown && typeof thrown.log === 'string'
}

/** SQLite's word for it (SQLITE_FULL, 13), from the sandbox's lock. */
function isFull(thrown: unknown): boolean {
  return thrown instanceof Error && 'errcode' in thrown && thrown.errcode === 13
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}
