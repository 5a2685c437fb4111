import type { World } from '../../../world.ts'
import type { Command } from './command.ts'

/** Every command that was sent, for 30 days, as Run Command's history has them. */
export interface Commands {
  add(command: Command): void
  find(region: string, commandId: string): Command | undefined
  /** Newest first; what was sent a moment ago is not shown yet, as AWS's lists are eventually consistent. */
  visible(region: string): readonly Command[]
  isVisible(command: Command): boolean
}

const HISTORY_MS = 30 * 24 * 60 * 60 * 1000

export function createCommands(world: World): Commands {
  const regions = new Map<string, Map<string, Command>>()
  const of = (region: string): Map<string, Command> => regions.get(region) ?? new Map()
  const isVisible = (command: Command): boolean => command.requestedAt + world.pace.describeLagMs <= world.clock.now()

  return {
    isVisible,
    add(command) {
      const known = of(command.region)
      const oldest = world.clock.now() - HISTORY_MS
      for (const [id, each] of known) {
        if (each.requestedAt >= oldest) break
        known.delete(id)
      }
      regions.set(command.region, known.set(command.id, command))
    },
    find: (region, commandId) => of(region).get(commandId),
    visible: (region) => [...of(region).values()].filter(isVisible).toReversed(),
  }
}
