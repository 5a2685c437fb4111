import { compareText } from '../../kit/compare-text.ts'
import type { ObservedNode } from './observed.ts'

/**
 * Nodes in rank order. Where the cloud tells the network nodes above every one of them, those that share the deepest switch are
 * neighbours, and so on upwards (an instance topology is a path of three or more network nodes, top first:
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/how-ec2-instance-topology-works.html); within a switch, and where topology is not known of all, they are
 * in the order of their launch and ids, which are random but stay. The lead is first in any case: topology may
 * become known only after it was chosen.
 */
export function rankOrder(nodes: readonly ObservedNode[]): ObservedNode[] {
  const isKnown = nodes.every((node) => node.topology.length > 0)
  const sorted = nodes.toSorted((a, b) => (isKnown ? comparePaths(a.topology, b.topology) : 0) || byLaunch(a, b))
  const lead = sorted.find((node) => node.lead)
  return lead === undefined ? sorted : [lead, ...sorted.filter((node) => node !== lead)]
}

/** AWS gives no order within a launch. */
function byLaunch(a: ObservedNode, b: ObservedNode): number {
  return a.launchedAt - b.launchedAt || compareText(a.id, b.id)
}

function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let level = 0; level < Math.max(a.length, b.length); level += 1) {
    const order = compareText(a[level] ?? '', b[level] ?? '')
    if (order !== 0) return order
  }
  return 0
}
