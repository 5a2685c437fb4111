import { AwsError } from '../../aws-error.ts'
import type { Operation } from '../../service.ts'
import { pageOf } from '../json/page.ts'
import { integer, members, text } from '../json/shape.ts'
import { COMMAND_STATUSES, FILTERS, filterOf } from './command-filters.ts'
import { COMMAND_ID, INSTANCE_ID, invalidNextToken, read } from './input.ts'
import { renderCommand } from './render-command.ts'
import type { SsmState } from './state/ssm-state.ts'
import { summaryOf } from './state/summary.ts'

/** ListCommands: newest first; a command id that was never sent is InvalidCommandId, one sent a moment ago is just not there. */
export function listCommands({ commands }: SsmState): Operation {
  return {
    name: 'ListCommands',
    handle(raw, { region }) {
      const input = read(SHAPE, raw)
      const { CommandId: id, InstanceId: instanceId } = input
      if (id !== undefined && !commands.find(region, id)) {
        throw new AwsError('InvalidCommandId', 'The specified command ID is not valid.')
      }
      const passes = filterOf(input.Filters, COMMAND_STATUSES)
      const found = commands
        .visible(region)
        .filter((command) => id === undefined || command.id === id)
        .filter(({ invocations }) => !instanceId || invocations.some((each) => each.instanceId === instanceId))
        .filter((command) => passes({ ...summaryOf(command), requestedAt: command.requestedAt }))
      const page = pageOf(found, (command) => command.id, input.MaxResults ?? 50, input.NextToken, invalidNextToken)
      return { Commands: page.items.map(renderCommand), NextToken: page.nextToken }
    },
  }
}

const SHAPE = members(
  {},
  {
    CommandId: COMMAND_ID,
    InstanceId: INSTANCE_ID,
    MaxResults: integer({ most: 50, least: 1 }),
    NextToken: text(),
    Filters: FILTERS,
  },
)
