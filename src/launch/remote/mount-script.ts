import { callScript, type NodeContext } from './context.ts'

/** For every node: mounts the fleet's file system. Exit codes 30-32, with one line on stderr. */
export function mountScript(
  ctx: NodeContext,
  options: {
    readonly dnsName: string
    readonly mountName: string
    readonly mountPoint: string
    readonly exports?: boolean
  },
): string {
  return callScript(
    ctx,
    'mount',
    options.dnsName,
    options.mountName,
    options.mountPoint,
    ...(options.exports === true ? ['export'] : []),
  )
}
