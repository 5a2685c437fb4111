import { AwsError } from '../aws-error.ts'
import type { WireRequest } from './wire.ts'

/** A call as the query dialects write it: `Action`, `Version` and parameters in the URL or in a form body. */
export interface QueryCall {
  readonly action: string | undefined
  readonly version: string | undefined
  readonly input: Record<string, unknown>
}

const MOST_PARAMETERS = 20_000
const DEEPEST = 20

/**
 * Reads `Filter.1.Value.2=x` as `{ Filter: [{ Value: ['x'] }] }`: numbered keys become lists in the order of their numbers
 * (gaps close, as in AWS's), all else objects. With `member` lists are `Names.member.1`. Values stay strings.
 * Names are kept as sent: `LaunchTemplateConfigs` and `Filter` are both real.
 */
export function decodeQuery(request: WireRequest, lists: 'bare' | 'member'): QueryCall {
  const pairs = [
    ...new URLSearchParams(request.query).entries(),
    ...new URLSearchParams(isForm(request) ? new TextDecoder().decode(request.body) : '').entries(),
  ]
  if (pairs.length > MOST_PARAMETERS) throw new AwsError('InvalidRequest', 'The request has too many parameters')
  const root: Branch = new Map()
  let action: string | undefined
  let version: string | undefined
  for (const [name, value] of pairs) {
    if (name === 'Action') action = value
    else if (name === 'Version') version = value
    else if (!name.startsWith('X-Amz-')) place(root, name, value)
  }
  return { action, version, input: settle(root, lists) as Record<string, unknown> }
}

type Branch = Map<string, Branch | string>

function place(root: Branch, name: string, value: string): void {
  const steps = name.split('.')
  if (steps.length > DEEPEST || steps.includes('')) throw unknownParameter(name)
  let at = root
  for (const step of steps.slice(0, -1)) {
    const next = at.get(step) ?? new Map<string, Branch | string>()
    if (typeof next === 'string') throw unknownParameter(name)
    at.set(step, next)
    at = next
  }
  const last = steps.at(-1) ?? name
  if (at.get(last) instanceof Map) throw unknownParameter(name)
  at.set(last, value)
}

function settle(branch: Branch, lists: 'bare' | 'member'): unknown {
  const keys = [...branch.keys()]
  const member = lists === 'member' && keys.length === 1 ? branch.get('member') : undefined
  if (member instanceof Map) return settle(member, lists)
  const value = (key: string): unknown => {
    const child = branch.get(key)
    return child instanceof Map ? settle(child, lists) : child
  }
  if (keys.length > 0 && keys.every((key) => /^\d{1,9}$/.test(key)))
    return keys.toSorted((a, b) => Number(a) - Number(b)).map(value)
  // No prototype: a parameter named __proto__ is a parameter like any other.
  const object = Object.create(null) as Record<string, unknown>
  for (const key of keys) object[key] = value(key)
  return object
}

function isForm(request: WireRequest): boolean {
  const type = request.headers['content-type']
  return type === undefined || type.toLowerCase().startsWith('application/x-www-form-urlencoded')
}

function unknownParameter(name: string): AwsError {
  return new AwsError('UnknownParameter', `The parameter ${name} is not recognized`)
}
