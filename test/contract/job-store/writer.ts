import { openJobStore } from '../../../src/store/sqlite/job-store.ts'
import { AT, BORN, queuedJob } from './jobs.ts'

/** Submits jobs of its own, so many at once, ends them, and says each when it is written: `writer.ts FILE NTH COUNT AT_ONCE`. */
const [file = '', nth = '', count = '', atOnce = ''] = process.argv.slice(2)
const store = openJobStore(file)
for (let at = 0; at < Number(count); at += Number(atOnce)) {
  const ids = Array.from(
    { length: Number(atOnce) },
    (_, more) => `w${nth}-20261123-${String(at + more).padStart(6, '0')}-aaaa`,
  )
  await store.submit(
    ids.map((id) => queuedJob({ id, array: [0, 1] })),
    BORN,
  )
  const end = { type: 'finished', at: AT, outcome: 'done', exitCode: 0, message: '' } as const
  await store.append(
    ids.flatMap((job) => [0, 1].map((index) => ({ key: { job, index }, event: end, expects: 1 }))),
    null,
  )
  process.stdout.write(`${ids.join('\n')}\n`)
}
store.close()
