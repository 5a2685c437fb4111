import type { Operation } from '../../service.ts'
import { pageOf } from '../json/page.ts'
import { integer, listOf, members, oneOf, text } from '../json/shape.ts'
import { nodeFilterOf } from './node-filters.ts'
import { invalidNextToken, read } from './input.ts'
import { describeNode } from './render-node.ts'
import type { SsmState } from './state/ssm-state.ts'

/**
 * DescribeInstanceInformation: nodes whose agent has registered. One that has not, and one that is terminated, is silently
 * missing, also where it is asked for by id.
 */
export function describeInstanceInformation({ agents }: SsmState): Operation {
  return {
    name: 'DescribeInstanceInformation',
    handle(raw, { region }) {
      const input = read(SHAPE, raw)
      const passes = nodeFilterOf(input.Filters ?? [], input.InstanceInformationFilterList ?? [])
      const nodes = agents.list(region).map(describeNode).filter(passes)
      const key = (node: (typeof nodes)[number]): string => node.information.InstanceId
      const page = pageOf(nodes, key, input.MaxResults ?? 10, input.NextToken, invalidNextToken)
      return { InstanceInformationList: page.items.map(({ information }) => information), NextToken: page.nextToken }
    },
  }
}

const VALUES = listOf(text({ min: 1 }), { max: 100, min: 1 })
const OLD_KEY = oneOf(
  'InstanceIds',
  'AgentVersion',
  'PingStatus',
  'PlatformTypes',
  'ActivationIds',
  'IamRole',
  'ResourceType',
  'AssociationStatus',
)
const SHAPE = members(
  {},
  {
    Filters: listOf(members({ Key: text({ min: 1 }), Values: VALUES }, {}), { min: 0 }),
    InstanceInformationFilterList: listOf(members({ key: OLD_KEY, valueSet: VALUES }, {}), { min: 0 }),
    MaxResults: integer({ most: 50, least: 5 }),
    NextToken: text(),
  },
)
