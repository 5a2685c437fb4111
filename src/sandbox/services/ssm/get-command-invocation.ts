import { AwsError } from '../../aws-error.ts'
import type { Operation } from '../../service.ts'
import { members, text } from '../json/shape.ts'
import { PLUGIN_NAME } from './documents.ts'
import { COMMAND_ID, INSTANCE_ID, read } from './input.ts'
import { renderResult } from './render-invocation.ts'
import type { SsmState } from './state/ssm-state.ts'

/** GetCommandInvocation: InvocationDoesNotExist also just after the send, while lists do not show the command either. */
export function getCommandInvocation({ commands }: SsmState): Operation {
  return {
    name: 'GetCommandInvocation',
    handle(raw, { region }) {
      const input = read(SHAPE, raw)
      const command = commands.find(region, input.CommandId)
      if (!command) throw new AwsError('InvalidCommandId', 'The specified command ID is not valid.')
      const invocation = command.invocations.find(({ instanceId }) => instanceId === input.InstanceId)
      if (!invocation || !commands.isVisible(command)) {
        throw new AwsError(
          'InvocationDoesNotExist',
          'The command ID and managed node ID that you specified did not match any invocations.',
        )
      }
      if (input.PluginName !== undefined && input.PluginName !== PLUGIN_NAME) {
        throw new AwsError('InvalidPluginName', 'The plugin name is not valid.')
      }
      return renderResult(command, invocation)
    },
  }
}

const SHAPE = members({ CommandId: COMMAND_ID, InstanceId: INSTANCE_ID }, { PluginName: text({ min: 4 }) })
