import { callScript, type NodeContext } from './context.ts'

/** For a node of which an image is to be made: takes away what is its own. Exit code 70, with one line on stderr. */
export function bakeScript(ctx: NodeContext): string {
  return callScript(ctx, 'bake')
}
