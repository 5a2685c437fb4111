import { DescribeInstanceTopologyCommand, type InstanceTopology } from '@aws-sdk/client-ec2'
import { isNotOffered } from '../optional.ts'
import { chunks } from '../pages.ts'
import type { Ec2 } from './ec2.ts'

/** DescribeInstanceTopologyRequest: "Maximum 100 explicitly specified instance IDs". */
const MOST_IDS = 100

/** One call a second and account, none saved up (EC2 Developer Guide, "Request throttling for the Amazon EC2 API"). */
const BETWEEN_MS = 1000

/**
 * The network nodes above each instance, top first, of those that AWS tells: of running instances of the types that have it. Calls
 * go one after the other, a second apart, so that a thousand nodes take ten seconds and no refusal.
 */
export async function topology(ec2: Ec2, nodeIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const found: InstanceTopology[] = []
  let first = true
  for (const InstanceIds of chunks(nodeIds, MOST_IDS)) {
    if (!first) await ec2.settings.clock.sleep(BETWEEN_MS)
    first = false
    try {
      const answer = await ec2.send(new DescribeInstanceTopologyCommand({ InstanceIds }))
      const known = (answer.Instances ?? []).filter((one) => (one.NetworkNodes ?? []).length > 0)
      // What is asked for together is of one type: where AWS knows nothing of the first it knows nothing of all.
      if (known.length === 0) break
      found.push(...known)
    } catch (error) {
      if (isNotOffered(error)) return new Map()
      throw error
    }
  }
  return new Map(found.map((one) => [one.InstanceId ?? '', one.NetworkNodes ?? []]))
}
