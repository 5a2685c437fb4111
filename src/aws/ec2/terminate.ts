import { TerminateInstancesCommand } from '@aws-sdk/client-ec2'
import { isMusterError } from '../../core/errors/muster-error.ts'
import { isAwsClass } from '../error-map.ts'
import { chunks } from '../pages.ts'
import { instancesBy } from './describe.ts'
import type { Ec2 } from './ec2.ts'

/** AWS's limit, as for tags. */
export const MOST_IDS = 1000

export async function terminate(ec2: Ec2, nodeIds: readonly string[]): Promise<void> {
  for (const ids of chunks(nodeIds, MOST_IDS)) {
    await onThoseThatExist(ec2, ids, (InstanceIds) => ec2.send(new TerminateInstancesCommand({ InstanceIds })))
  }
}

/**
 * One unknown id makes AWS refuse a whole call, with nothing done to the others: ids that are gone are dropped, and the
 * rest is tried again.
 */
export async function onThoseThatExist(ec2: Ec2, ids: readonly string[], call: (ids: string[]) => Promise<unknown>) {
  let left = [...ids]
  while (left.length > 0) {
    try {
      await call(left)
      return
    } catch (error) {
      if (!isAwsClass(error, 'gone')) throw error
      const remaining = await without(ec2, left, isMusterError(error) ? error.message : '')
      if (remaining.length === left.length) throw error
      left = remaining
    }
  }
}

/** Those that the refusal does not name; where it names none, those that a listing shows. */
async function without(ec2: Ec2, ids: readonly string[], refusal: string): Promise<string[]> {
  const named = ids.filter((id) => refusal.includes(id))
  if (named.length > 0) return ids.filter((id) => !named.includes(id))
  const found = await Promise.all(
    // AWS's limit of values in a filter.
    chunks(ids, 200).map((some) => instancesBy(ec2, [{ Name: 'instance-id', Values: some }])),
  )
  const shown = new Set(found.flat().map((one) => one.InstanceId))
  return ids.filter((id) => shown.has(id))
}
