import type { Operation, Service } from '../../service.ts'
import type { World } from '../../world.ts'
import { cancelCommand } from './cancel-command.ts'
import { deleteParameter } from './delete-parameter.ts'
import { describeDocument } from './describe-document.ts'
import { describeInstanceInformation } from './describe-instance-information.ts'
import { getCommandInvocation } from './get-command-invocation.ts'
import { getDocument } from './get-document.ts'
import { getParameter } from './get-parameter.ts'
import { getParametersByPath } from './get-parameters-by-path.ts'
import { getParameters } from './get-parameters.ts'
import { listCommandInvocations } from './list-command-invocations.ts'
import { listCommands } from './list-commands.ts'
import { putParameter } from './put-parameter.ts'
import { sendCommand } from './send-command.ts'
import { createSsmState } from './state/ssm-state.ts'
import type { SsmState } from './state/ssm-state.ts'

const OPERATIONS: readonly ((state: SsmState) => Operation)[] = [
  sendCommand,
  cancelCommand,
  listCommands,
  listCommandInvocations,
  getCommandInvocation,
  describeInstanceInformation,
  describeDocument,
  getDocument,
  getParameter,
  getParameters,
  getParametersByPath,
  putParameter,
  deleteParameter,
]

/** Systems Manager: Run Command, managed nodes, public parameters. Fills `world.directories.agents`. See BEHAVIOUR.md. */
export function createSsm(world: World): Service {
  const state = createSsmState(world)
  world.directories.agents = state.agents
  const operations = OPERATIONS.map((make) => make(state))
  return {
    name: 'ssm',
    protocol: { kind: 'json', jsonVersion: '1.1', targetPrefix: 'AmazonSSM' },
    operations: new Map(operations.map((operation) => [operation.name, operation])),
    close: () => {
      state.dispatcher.close()
      state.agents.close()
      return Promise.resolve()
    },
  }
}
