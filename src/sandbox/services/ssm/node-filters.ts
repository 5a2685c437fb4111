import { AwsError } from '../../aws-error.ts'
import type { Node } from './render-node.ts'

interface NewFilter {
  readonly Key: string
  readonly Values: readonly string[]
}
interface OldFilter {
  readonly key: string
  readonly valueSet: readonly string[]
}

/** Filters of both styles as one test: keys ANDed, values ORed. Tag filters go with no others. */
export function nodeFilterOf(filters: readonly NewFilter[], old: readonly OldFilter[]): (node: Node) => boolean {
  if (filters.length > 0 && old.length > 0) {
    throw new AwsError('ValidationException', 'Use either Filters or InstanceInformationFilterList, not both.')
  }
  const all = [...filters, ...old.map(({ key, valueSet }) => ({ Key: key, Values: valueSet }))]
  const tagged = all.filter(({ Key }) => isTag(Key))
  if (tagged.length > 0 && tagged.length < all.length) {
    throw new AwsError('ValidationException', 'Cannot mix tag or inventory filter with any other filter.')
  }
  const tests = all.map(testOf)
  return (node) => tests.every((test) => test(node))
}

const isTag = (key: string): boolean => key === 'tag-key' || key.startsWith('tag:')

/** What the sandbox's nodes never have: no value matches. */
const ABSENT = ['ActivationIds', 'AssociationStatus', 'IamRole']
const MEMBER_OF: Readonly<Record<string, string>> = {
  InstanceIds: 'InstanceId',
  PingStatus: 'PingStatus',
  PlatformTypes: 'PlatformType',
  PlatformType: 'PlatformType',
  AgentVersion: 'AgentVersion',
  ResourceType: 'ResourceType',
  SourceIds: 'SourceId',
  SourceTypes: 'SourceType',
}
const VALID: Readonly<Record<string, readonly string[]>> = {
  PingStatus: ['Online', 'ConnectionLost', 'Inactive'],
  PlatformType: ['Windows', 'Linux', 'MacOS'],
  ResourceType: ['EC2Instance', 'ManagedInstance'],
}

function testOf({ Key: key, Values: values }: NewFilter): (node: Node) => boolean {
  if (key === 'tag-key') return ({ tags }) => values.some((name) => tags.has(name))
  if (key.startsWith('tag:')) {
    const name = key.slice('tag:'.length)
    return ({ tags }) => tags.has(name) && values.includes(tags.get(name) ?? '')
  }
  if (ABSENT.includes(key)) return () => false
  const member = MEMBER_OF[key]
  if (member === undefined) throw new AwsError('InvalidFilterKey', `The specified filter key ${key} is not valid.`)
  checkValues(key, member, values)
  return ({ information }) => values.includes(String(information[member]))
}

const bad = (message: string): AwsError => new AwsError('InvalidInstanceInformationFilterValue', message)

function checkValues(key: string, member: string, values: readonly string[]): void {
  if (key === 'ResourceType' && values.length > 1) throw bad('ResourceType filter may contain only one value.')
  const wrong = values.find((value) => VALID[member] && !VALID[member].includes(value))
  if (wrong !== undefined) throw bad(`${wrong} is not a valid value of the filter ${key}.`)
  const notAnId = key === 'InstanceIds' && values.find((value) => !/^(i-(\w{8}|\w{17})|mi-\w{17})$/.test(value))
  if (notAnId) throw new AwsError('InvalidInstanceId', `${notAnId} is not a managed node ID.`)
}
