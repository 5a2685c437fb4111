import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { SHORTAGE_MS, type Shortage } from '../core/capacity/shortage.ts'
import type { Clock } from '../ports/clock.ts'
import type { Shortages } from '../ports/shortages.ts'

/** Refusals in a small file of their own, for each cloud, account and region one; what is older than some minutes goes with the next. */
export function fileShortages(path: string, clock: Pick<Clock, 'now'>): Shortages {
  const recent = async (): Promise<readonly Shortage[]> => {
    const all = await read(path)
    return all.filter(({ at }) => clock.now() >= at && clock.now() - at < SHORTAGE_MS)
  }
  return {
    recent,
    async remember(shortage) {
      await write(path, [...(await recent()), shortage])
    },
  }
}

/** None for a file that is not there, or not whole. */
async function read(path: string): Promise<readonly Shortage[]> {
  try {
    const kept: unknown = JSON.parse(await readFile(path, 'utf8'))
    return Array.isArray(kept) ? kept.filter(isShortage) : []
  } catch {
    return []
  }
}

function isShortage(one: unknown): one is Shortage {
  if (typeof one !== 'object' || one === null) return false
  const { purchase, instanceType, zone, count, at, availableZones } = one as Partial<Shortage>
  const texts = [purchase, instanceType, zone].every((text) => typeof text === 'string')
  return texts && typeof count === 'number' && typeof at === 'number' && Array.isArray(availableZones)
}

/** Whole or not at all: another muster may be reading. */
async function write(path: string, shortages: readonly Shortage[]): Promise<void> {
  const part = `${path}.${process.pid}`
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeFile(part, JSON.stringify(shortages), { mode: 0o600 })
    await rename(part, path)
  } catch {
    // It was only a hint.
  }
}
