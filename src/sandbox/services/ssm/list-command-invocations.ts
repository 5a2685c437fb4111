import type { Operation } from '../../service.ts'
import { pageOf } from '../json/page.ts'
import { flag, integer, members, text } from '../json/shape.ts'
import { FILTERS, INVOCATION_STATUSES, filterOf } from './command-filters.ts'
import { COMMAND_ID, INSTANCE_ID, invalidNextToken, read } from './input.ts'
import { renderInvocation } from './render-invocation.ts'
import type { SsmState } from './state/ssm-state.ts'

/** ListCommandInvocations: an unknown command id gives an empty list, as on AWS just after a send (aws/aws-cli issue 3546). */
export function listCommandInvocations({ commands }: SsmState): Operation {
  return {
    name: 'ListCommandInvocations',
    handle(raw, { region }) {
      const input = read(SHAPE, raw)
      const passes = filterOf(input.Filters, INVOCATION_STATUSES)
      const found = commands
        .visible(region)
        .filter(({ id }) => input.CommandId === undefined || id === input.CommandId)
        .flatMap((command) => command.invocations.map((invocation) => ({ command, invocation })))
        .filter(({ invocation }) => input.InstanceId === undefined || invocation.instanceId === input.InstanceId)
        .filter(({ command, invocation }) => passes({ ...invocation.verdict, requestedAt: command.requestedAt }))
      const page = pageOf(
        found,
        ({ command, invocation }) => `${command.id} ${invocation.instanceId}`,
        input.MaxResults ?? 50,
        input.NextToken,
        invalidNextToken,
      )
      const rendered = page.items.map(({ command, invocation }) =>
        renderInvocation(command, invocation, input.Details === true, region),
      )
      return { CommandInvocations: rendered, NextToken: page.nextToken }
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
    Details: flag(),
  },
)
