import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rehearse, succeeded, type Rehearsal } from '../rehearsal/rehearse.ts'

/** Measures on a sandbox of its own with somebody who works the queue; fails where that one ends before it is asked to. */
export async function withQueue<T>(fleets: string, work: (rehearsal: Rehearsal) => Promise<T>): Promise<T> {
  const rehearsal = rehearse()
  try {
    succeeded(await rehearsal.run('sandbox', 'start'))
    await writeFile(join(rehearsal.folder, 'muster.yaml'), fleets)
    const worker = rehearsal.start('work')
    const ends = worker.ended.then(({ stderr }): never => {
      throw new Error(`muster work ended: ${stderr.slice(-1000)}`)
    })
    try {
      return await Promise.race([work(rehearsal), ends])
    } finally {
      ends.catch(() => undefined)
      worker.process.kill('SIGTERM')
      await worker.ended
    }
  } finally {
    await rehearsal.close()
  }
}
