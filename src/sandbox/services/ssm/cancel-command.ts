import { AwsError } from '../../aws-error.ts'
import type { Operation } from '../../service.ts'
import { listOf, members } from '../json/shape.ts'
import { COMMAND_ID, INSTANCE_ID, duplicateOf, read } from './input.ts'
import type { SsmState } from './state/ssm-state.ts'

/** CancelCommand: best effort; what has ended stays as it is, and a node that does not answer never reacts. */
export function cancelCommand({ commands, dispatcher }: SsmState): Operation {
  return {
    name: 'CancelCommand',
    handle(raw, { region }) {
      const { CommandId, InstanceIds = [] } = read(SHAPE, raw)
      const command = commands.find(region, CommandId)
      if (!command) throw new AwsError('InvalidCommandId', 'The specified command ID is not valid.')
      const twice = duplicateOf(InstanceIds)
      if (twice !== undefined) throw new AwsError('DuplicateInstanceId', `The node ${twice} is named more than once.`)
      const stranger = InstanceIds.find((id) => !command.invocations.some(({ instanceId }) => instanceId === id))
      if (stranger !== undefined) {
        throw new AwsError('InvalidInstanceId', `The command ${CommandId} was not sent to ${stranger}.`)
      }
      dispatcher.cancel(command, InstanceIds)
      return {}
    },
  }
}

const SHAPE = members({ CommandId: COMMAND_ID }, { InstanceIds: listOf(INSTANCE_ID, { max: 50, min: 0 }) })
