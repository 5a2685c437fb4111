import { AwsError } from '../../aws-error.ts'
import type { InstanceSummary } from '../../world.ts'
import { duplicateOf } from './input.ts'
import type { Target } from './state/command.ts'
import type { SsmState } from './state/ssm-state.ts'

/**
 * The nodes that a command is for, decided once, when it is sent. Nodes named by id must be registered and not going away;
 * tags choose among those that are.
 */
export function nodesOf(
  { agents, world }: SsmState,
  region: string,
  instanceIds: readonly string[],
  targets: readonly Target[],
): readonly InstanceSummary[] {
  if ((instanceIds.length === 0) === (targets.length === 0)) {
    throw new AwsError('ValidationException', 'Specify the nodes either by InstanceIds or by Targets.')
  }
  const twice = duplicateOf(instanceIds)
  if (twice !== undefined) throw new AwsError('DuplicateInstanceId', `The node ${twice} is named more than once.`)
  const managed = agents
    .list(region)
    .map(({ instance }) => instance)
    .filter(isUsable)
  const named = [...instanceIds, ...targets.flatMap((target) => (isByIds(target) ? (target.Values ?? []) : []))]
  const invalid = named.filter((id) => !managed.some(({ instanceId }) => instanceId === id))
  if (invalid.length > 0) {
    const list = invalid.join(', ')
    throw new AwsError('InvalidInstanceId', `Instances [[${list}]] not in a valid state for account ${world.account}`)
  }
  if (targets.length > 0) return managed.filter((instance) => targets.every((target) => matches(instance, target)))
  return instanceIds.flatMap((id) => managed.filter(({ instanceId }) => instanceId === id))
}

/** The model's InvalidInstanceId: valid states are Running, Pending, Stopped and Stopping. */
function isUsable({ state }: InstanceSummary): boolean {
  return state !== 'shutting-down' && state !== 'terminated'
}

/** The CLI's own example writes `instanceids`. */
function isByIds({ Key }: Target): boolean {
  return Key?.toLowerCase() === 'instanceids'
}

/** Keys are ANDed, the values of one key ORed. */
function matches({ instanceId, tags }: InstanceSummary, target: Target): boolean {
  const { Key: key = '', Values: values = [] } = target
  if (isByIds(target)) return values.includes(instanceId)
  if (key === 'tag-key') return values.some((name) => tags.has(name))
  if (key.startsWith('tag:')) return values.includes(tags.get(key.slice('tag:'.length)) ?? NONE)
  throw new AwsError(
    'ValidationException',
    `The sandbox knows the target keys InstanceIds, tag-key and tag:NAME, not '${key}'.`,
  )
}

/** No tag has this value: control characters are not allowed in one. */
const NONE = '\0'
