import { openJobStore } from '../../../src/store/sqlite/job-store.ts'
import { AT, BORN, queuedJob } from './jobs.ts'

/** Submits and ends jobs of its own, and says each when it is written: `writer.ts FILE NTH COUNT`. */
const [file = '', nth = '', count = ''] = process.argv.slice(2)
const store = openJobStore(file)
for (let at = 0; at < Number(count); at += 1) {
  const id = `w${nth}-20261123-${String(at).padStart(6, '0')}-aaaa`
  await store.submit(queuedJob({ id, array: [0, 1] }), BORN)
  const end = { type: 'finished', at: AT, outcome: 'done', exitCode: 0, message: '' } as const
  await store.append(
    [0, 1].map((index) => ({ key: { job: id, index }, event: end, expects: 1 })),
    null,
  )
  process.stdout.write(`${id}\n`)
}
store.close()
