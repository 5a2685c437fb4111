import type { CheckedCall } from '../../../world.ts'
import type { Context } from './condition.ts'
import { S3_ACTIONS } from './s3-actions.ts'

/** One permission that a call needs, and what is known of the request. */
export interface Needed {
  readonly action: string
  readonly context: Context
}

/** What a call needs: its own action, and those for what it does besides (tags at creation, a role handed to a service). */
export function neededActions(call: CheckedCall): readonly Needed[] {
  const { service, operation, input, region } = call
  // Anybody may ask who they are (STS API reference).
  if (service === 'sts' && operation === 'GetCallerIdentity') return []
  const tags = requestTags(input)
  const context = new Map<string, readonly string[]>([
    ['aws:requestedregion', [region]],
    ['aws:principalarn', [call.caller.arn]],
    ...(tags.size === 0 ? [] : [['aws:tagkeys', [...tags.keys()]] as const]),
    ...[...tags].map(([key, value]) => [`aws:requesttag/${key}`.toLowerCase(), [value]] as const),
  ])
  const name = service === 's3' ? (S3_ACTIONS[operation] ?? operation) : operation
  const own = { action: `${service}:${name}`, context }
  const tagsToo = tags.size > 0 && operation !== 'CreateTags' && operation !== 'TagResource'
  if (service === 'ec2' && tagsToo)
    return [own, { action: 'ec2:CreateTags', context: new Map([...context, ['ec2:createaction', [operation]]]) }]
  if (service === 'fsx' && tagsToo) return [own, { action: 'fsx:TagResource', context }]
  if (service === 'iam' && operation === 'AddRoleToInstanceProfile') return [own, { action: 'iam:PassRole', context }]
  return [own]
}

/** Tags that the request gives: EC2's specifications, or a plain list. */
function requestTags(input: Readonly<Record<string, unknown>>): Map<string, string> {
  const lists = [input['Tag'], input['Tags'], ...listOf(input['TagSpecification']).map((each) => fieldOf(each, 'Tag'))]
  return new Map(lists.flatMap(listOf).map((each) => [textOf(each, 'Key'), textOf(each, 'Value')]))
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined

function textOf(value: unknown, name: string): string {
  const field = fieldOf(value, name)
  return typeof field === 'string' ? field : ''
}
