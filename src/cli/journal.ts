import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { MusterError } from '../core/errors/muster-error.ts'
import { pastActions, type PastAction } from '../core/plan/past-action.ts'
import type { Journal } from '../ports/journal.ts'

/**
 * The journal as JSON lines in `folder/<fleet>.jsonl`. Every line is on the disk before the call returns: what was
 * intended must be known after a crash, even of the machine. Throws DiskFull where it cannot be kept. Every line names the `cloud`: what
 * takes seconds in one takes minutes in another.
 */
export function fileJournal(folder: string, cloud: string): Journal {
  const pathOf = (fleet: string) => join(folder, `${fleet.replaceAll(/[^A-Za-z0-9._-]/g, '_')}.jsonl`)
  const append = (fleet: string, line: object) => {
    const path = pathOf(fleet)
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const file = openSync(path, 'a', 0o600)
      try {
        writeSync(file, `${JSON.stringify(line)}\n`)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      throw new MusterError(
        code === 'ENOSPC' || code === 'EDQUOT' ? 'DiskFull' : 'Bug',
        `cannot write ${path}: ${code}`,
        {
          cause: error,
          suggestions: [`df -h ${folder}`, 'set MUSTER_HOME to a folder that can be written'],
        },
      )
    }
  }
  return {
    intend: (entry) => append(entry.fleet, { entry: 'intend', cloud, ...entry }),
    settled: (entry) => append(entry.fleet, { entry: 'settled', cloud, ...entry }),
    lastAt: (fleet) => newest(fleet === null ? everyFile(folder) : [pathOf(fleet)]),
    past: (fleet) => readPast(pathOf(fleet), cloud),
  }
}

function everyFile(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name))
  } catch {
    return []
  }
}

function newest(paths: readonly string[]): number | null {
  const times = paths.flatMap((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? [])
  return times.length === 0 ? null : Math.max(...times)
}

type Line = Parameters<typeof pastActions>[0][number]

/** A line that a crash or a full disk cut off is left out. */
function readPast(path: string, cloud: string): PastAction[] {
  const lines = textOf(path)
    .split('\n')
    .flatMap((text) => {
      try {
        const line = JSON.parse(text) as (Line & { readonly cloud?: string }) | null
        return line?.cloud === cloud && typeof line.at === 'number' ? [line] : []
      } catch {
        return []
      }
    })
  return pastActions(lines)
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
