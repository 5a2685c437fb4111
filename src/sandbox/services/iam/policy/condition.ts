import { BlockList, isIP } from 'node:net'
import { fits } from './pattern.ts'
import type { Statement } from './statement.ts'
import { isObject, strings, syntax } from './syntax.ts'

/** What is known of a simulated request, by lower-case key. */
export type Context = ReadonlyMap<string, readonly string[]>

type Test = (actual: string, wanted: string) => boolean

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const TESTS: Readonly<Record<string, Test>> = {
  StringEquals: (actual, wanted) => actual === wanted,
  StringEqualsIgnoreCase: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  StringLike: (actual, wanted) => fits(actual, wanted),
  NumericEquals: (actual, wanted) => Number(actual) === Number(wanted),
  NumericLessThan: (actual, wanted) => Number(actual) < Number(wanted),
  NumericLessThanEquals: (actual, wanted) => Number(actual) <= Number(wanted),
  NumericGreaterThan: (actual, wanted) => Number(actual) > Number(wanted),
  NumericGreaterThanEquals: (actual, wanted) => Number(actual) >= Number(wanted),
  DateEquals: (actual, wanted) => time(actual) === time(wanted),
  DateLessThan: (actual, wanted) => time(actual) < time(wanted),
  DateLessThanEquals: (actual, wanted) => time(actual) <= time(wanted),
  DateGreaterThan: (actual, wanted) => time(actual) > time(wanted),
  DateGreaterThanEquals: (actual, wanted) => time(actual) >= time(wanted),
  Bool: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  BinaryEquals: (actual, wanted) => actual === wanted,
  IpAddress: isWithin,
  ArnEquals: (actual, wanted) => fits(actual, wanted),
  ArnLike: (actual, wanted) => fits(actual, wanted),
}

/** The same, denied; each holds too where the key is missing. */
const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
}

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/

/** Whether all conditions of a statement hold, and which keys they ask for that nobody gave. */
export function judgeConditions({ conditions }: Statement, context: Context) {
  const asked = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => ({ operator, key, wanted, actual: context.get(key.toLowerCase()) })),
  )
  return {
    hold: asked.every(({ operator, wanted, actual }) => holds(operator, wanted, actual)),
    missing: asked.filter(({ actual }) => actual === undefined).map(({ key }) => key),
  }
}

function holds(operator: string, wanted: readonly string[], actual: readonly string[] | undefined): boolean {
  const [, quantifier, name = '', ifExists] = OPERATOR.exec(operator) ?? []
  if (name === 'Null') return wanted.some((each) => (each === 'true') === (actual === undefined))
  const negated = NEGATED[name]
  const test = TESTS[negated ?? name]
  if (test === undefined) return false
  if (actual === undefined)
    return (
      ifExists !== undefined || quantifier === 'ForAllValues' || (negated !== undefined && quantifier === undefined)
    )
  const one = (value: string): boolean => wanted.some((each) => test(value, each)) !== (negated !== undefined)
  return quantifier === 'ForAllValues' || (negated !== undefined && quantifier === undefined)
    ? actual.every(one)
    : actual.some(one)
}

/** A Condition element with its values as lists. Throws MalformedPolicyDocument. */
export function checkConditions(given: unknown): Statement['conditions'] {
  if (given === undefined) return {}
  if (!isObject(given)) throw syntax()
  const read = Object.entries(given).map(([operator, keys]) => {
    const name = OPERATOR.exec(operator)?.[2] ?? ''
    if (!(name === 'Null' || name in TESTS || name in NEGATED) || !isObject(keys)) throw syntax()
    return [operator, Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, values(value)]))] as const
  })
  return Object.fromEntries(read)
}

/** JSON's numbers and truths are as good as their texts here. */
function values(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return strings(list.map((each) => (typeof each === 'number' || typeof each === 'boolean' ? String(each) : each)))
}

const time = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text))

function isWithin(actual: string, range: string): boolean {
  const [network = '', length] = range.split('/')
  const family = isIP(network)
  if (family === 0 || isIP(actual) !== family) return false
  const list = new BlockList()
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  const bits = Number(length ?? (family === 4 ? 32 : 128))
  if (!Number.isInteger(bits) || bits > (family === 4 ? 32 : 128)) return false
  list.addSubnet(network, bits, kind)
  return list.check(actual, kind)
}
