import type { World } from '../../../world.ts'
import { createAgents } from './agents.ts'
import type { Agents } from './agents.ts'
import { createCommands } from './commands.ts'
import type { Commands } from './commands.ts'
import { createDispatcher } from './dispatcher.ts'
import type { Dispatcher } from './dispatcher.ts'
import { createParameters } from './parameters.ts'
import type { Parameters } from './parameters.ts'
import { createSessions } from './sessions.ts'
import type { Sessions } from './sessions.ts'

/** What the operations of SSM share. */
export interface SsmState {
  readonly world: World
  readonly agents: Agents
  readonly commands: Commands
  readonly dispatcher: Dispatcher
  readonly parameters: Parameters
  readonly sessions: Sessions
}

export function createSsmState(world: World): SsmState {
  const agents = createAgents(world, {
    connection: (region, instanceId) => dispatcher.connection(region, instanceId),
    gone: (region, instanceId) => dispatcher.gone(region, instanceId),
  })
  const dispatcher = createDispatcher(world, agents)
  return {
    world,
    agents,
    dispatcher,
    commands: createCommands(world),
    parameters: createParameters(world),
    sessions: createSessions(world),
  }
}
