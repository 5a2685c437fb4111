import type { JobRecord } from '../../core/job/record.ts'
import { cancelJobScript } from '../../launch/remote/job-scripts.ts'
import { nodeContext } from '../fleet/node-context.ts'
import type { Services } from '../services.ts'
import { runnersOf } from './records.ts'

/** How long a program may take to end by itself after SIGTERM. */
export const CANCEL_GRACE_S = 10

/** Asks the runners to end the job; they report `cancelled`. Best effort: a node that is gone cannot be asked. */
export async function cancelJob(record: JobRecord, services: Services): Promise<void> {
  const text = cancelJobScript(await nodeContext(services.objects), { job: record.id, graceS: CANCEL_GRACE_S })
  const script = { comment: `muster: cancel ${record.id}`.slice(0, 100), text, timeoutS: 60 }
  await services.remote.run(
    runnersOf(record).map((host) => host.id),
    script,
  )
}
