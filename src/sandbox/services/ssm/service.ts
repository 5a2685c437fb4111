import type { Operation, Service } from '../../service.ts'
import type { World } from '../../world.ts'
import { cancelCommand } from './cancel-command.ts'
import { deleteParameter } from './delete-parameter.ts'
import { describeDocument } from './describe-document.ts'
import { describeInstanceInformation } from './describe-instance-information.ts'
import { describeSessions } from './describe-sessions.ts'
import { getCommandInvocation } from './get-command-invocation.ts'
import { getDocument } from './get-document.ts'
import { getParameter } from './get-parameter.ts'
import { getParametersByPath } from './get-parameters-by-path.ts'
import { getParameters } from './get-parameters.ts'
import { listCommandInvocations } from './list-command-invocations.ts'
import { listCommands } from './list-commands.ts'
import { putParameter } from './put-parameter.ts'
import { resumeSession } from './resume-session.ts'
import { sendCommand } from './send-command.ts'
import { dataChannels } from './session/data-channels.ts'
import { startSession } from './start-session.ts'
import { createSsmState } from './state/ssm-state.ts'
import type { SsmState } from './state/ssm-state.ts'
import { terminateSession } from './terminate-session.ts'

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
  startSession,
  resumeSession,
  terminateSession,
  describeSessions,
]

/** Systems Manager: Run Command, Session Manager, managed nodes, public parameters. Fills `world.directories.agents`. See BEHAVIOUR.md. */
export function createSsm(world: World): Service {
  const state = createSsmState(world)
  world.directories.agents = state.agents
  const channels = dataChannels(state.sessions)
  const operations = OPERATIONS.map((make) => make(state))
  return {
    name: 'ssm',
    protocol: { kind: 'json', jsonVersion: '1.1', targetPrefix: 'AmazonSSM' },
    operations: new Map(operations.map((operation) => [operation.name, operation])),
    upgrade: (request, socket, head) => channels.upgrade(request, socket, head),
    close: () => {
      state.sessions.close()
      channels.close()
      state.dispatcher.close()
      state.agents.close()
      return Promise.resolve()
    },
  }
}
