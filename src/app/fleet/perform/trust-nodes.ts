import { MusterError } from '../../../core/errors/muster-error.ts'
import { layout } from '../../../core/job/layout.ts'
import type { StageWork } from '../../../core/plan/action.ts'
import { knownHosts } from '../../../launch/remote/known-hosts.ts'
import { trustScript } from '../../../launch/remote/trust-script.ts'
import { nodeContext } from '../node-context.ts'
import { runOnNodes } from '../run-on-nodes.ts'
import type { RaiseContext } from './context.ts'
import { installNodes, markDone } from './install-nodes.ts'

/**
 * Lets the cohort's nodes reach each other by ssh. Only public keys leave a node: every node's host keys and the public half of
 * its user's key go to the bucket, and from there to all nodes. Any of them may be the first of a job, which reaches the others.
 */
export async function trustNodes(work: StageWork, context: RaiseContext): Promise<void> {
  const { services, signal, made, wanted } = context
  // After a crash between install and trust the reports are gone; installing again is idempotent and reports again.
  if (!work.nodeIds.every((id) => made.reports.get(id)?.userKey)) await installNodes(work, context)
  const userKeys = work.nodeIds.map((id) => {
    const userKey = made.reports.get(id)?.userKey
    if (!userKey) throw new MusterError('TrustFailed', `${id} reported no user key`)
    return `${userKey}\n`
  })

  const knownHostsKey = layout.knownHosts(wanted.name, work.cohort)
  const authorizedKeysKey = layout.authorizedKeys(wanted.name, work.cohort)
  const put = (key: string, text: string) => services.objects.putBytes(key, new TextEncoder().encode(text))
  await Promise.all([put(knownHostsKey, hostLines(work, context)), put(authorizedKeysKey, userKeys.join(''))])
  const text = trustScript(await nodeContext(services.objects), { knownHostsKey, authorizedKeysKey })
  await runOnNodes(work.nodeIds, { comment: 'muster: trust', text, timeoutS: 120 }, 'TrustFailed', services, signal)
  // Before the stage: who is found trusted later has its lead.
  await services.compute.markLead(work.nodeIds[0] ?? '')
  await markDone(work, 'trusted', context)
}

function hostLines(work: StageWork, { observed, made }: RaiseContext): string {
  return knownHosts(
    work.nodeIds.map((id) => {
      const node = observed.nodes.find((candidate) => candidate.id === id)
      return {
        ip: node?.privateIp ?? '',
        hostname: node?.hostname ?? '',
        hostKeys: made.reports.get(id)?.hostKeys ?? [],
      }
    }),
  )
}
