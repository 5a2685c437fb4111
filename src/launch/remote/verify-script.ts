import { callScript, type NodeContext } from './context.ts'

/**
 * For every node: the mount can be written, EFA answers on as many interfaces as the type has; on the lead, ssh to every
 * host works. Exit codes 40 (storage), 41 (EFA), 42 (ssh), with one line on stderr.
 */
export function verifyScript(
  ctx: NodeContext,
  options: {
    readonly leadId: string
    /** Private addresses of all nodes. */
    readonly hosts: readonly string[]
    readonly mountPoint: string | null
    /** 0 checks none. */
    readonly efaInterfaces: number
  },
): string {
  const { leadId, hosts, mountPoint, efaInterfaces } = options
  return callScript(ctx, 'verify', leadId, mountPoint ?? '', String(efaInterfaces), ...hosts)
}
