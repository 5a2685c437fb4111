import { isMusterError } from '../../core/errors/muster-error.ts'
import { sshTarget } from '../../core/fleet/check-verdicts.ts'
import type { ObservedNode } from '../../core/fleet/observed.ts'
import type { RemoteResult } from '../../ports/remote-exec.ts'
import { firstWords } from '../fleet/check-nodes.ts'

/** A stage that fails on all nodes of a cohort may pass the next time: so often it is tried before they are given up. */
const TRIES = 3

/** Tells which nodes are bad from the stages of a raise that fail on them. */
export function watchStages() {
  let tries = { of: '', times: 0 }
  return {
    /**
     * The nodes on which a stage failed, with what they said. Where it failed on all of them it is rather something that they share: nobody
     * is named then before it was tried again. Nodes that could not be reached say nothing.
     */
    failedOn(error: unknown, nodes: readonly ObservedNode[]): ReadonlyMap<string, string> {
      const { asked, said } = whatFailed(error, nodes)
      if (said.size < asked) return said
      const of = [...said.keys()].toSorted().join(' ')
      tries = { of, times: tries.of === of ? tries.times + 1 : 1 }
      return tries.times >= TRIES ? said : new Map()
    },
  }
}

function whatFailed(error: unknown, nodes: readonly ObservedNode[]) {
  const said = new Map<string, string>()
  if (!isMusterError(error, 'InstallFailed', 'MountFailed', 'TrustFailed', 'VerifyFailed')) return { asked: 0, said }
  const { asked = 0, bad = [] } = error.data as { readonly asked?: number; readonly bad?: readonly RemoteResult[] }
  for (const result of bad.filter(({ outcome }) => outcome === 'failed' || outcome === 'timed-out')) {
    const words = firstWords(result)
    const address = sshTarget(words)
    const target = address === null ? undefined : nodes.find(({ privateIp }) => privateIp === address)
    said.set(target?.id ?? result.nodeId, words)
  }
  return { asked, said }
}
