import { MusterError } from '../../core/errors/muster-error.ts'
import { isUp, type ObservedFleet, type ObservedNode } from '../../core/fleet/observed.ts'
import { cohortsOf } from '../../core/plan/cohort.ts'
import { nearest } from '../../kit/nearest.ts'
import { shellQuote } from '../../kit/shell-quote.ts'
import { fleetNames } from '../fleet/fleet-names.ts'
import { observeFleet } from '../fleet/observe.ts'
import { readRecord } from '../job/records.ts'
import { runOf } from '../queue/run-of.ts'
import type { Services } from '../services.ts'

/** A node that a word may mean, and all the words that mean it. */
export interface NamedNode {
  readonly fleet: string
  readonly node: ObservedNode
  /** `FLEET/node-3`, or the id of a node without a rank. */
  readonly name: string
  /** `node-3`, as `muster status --nodes` shows it; null where it has none. */
  readonly rankName: string | null
}

/**
 * The node that is meant: an instance id, a private address, `node-3`, `FLEET/node-3`, `c0x4/node-3` (as `muster status` says where a
 * fleet has several cohorts), a fleet (its first node), a job or `JOB/node-3` (by default its lead
 * node); or the only one there is. `command` is what errors suggest with names that exist.
 *
 * @throws MusterError NodeUnknown with the nearest names, or with all that it may mean.
 */
export async function findNode(wanted: string | null, command: string, services: Services): Promise<NamedNode> {
  const names = await fleetNames(services)
  const fleets = await Promise.all(names.map((name) => observeFleet(name, services)))
  const all = fleets.flatMap(namedNodes)
  if (wanted === null) return theOnly(all, command)
  const found = all.filter((one) => meant(one, wanted))
  if (found.length > 1) throw ambiguous(wanted, found, command)
  if (found[0]) return found[0]
  const ofFleet = all.filter(({ fleet }) => fleet === wanted)
  if (ofFleet.length > 0)
    return oneOf(
      wanted,
      ofFleet.filter(({ rankName }) => rankName === 'node-0'),
      ofFleet,
      command,
    )
  return (await nodeOfJob(wanted, all, command, services)) ?? unknown(wanted, all, command)
}

/** What there is to choose from: machines that are starting or up. */
function namedNodes(observed: ObservedFleet): NamedNode[] {
  const fleet = observed.name
  return cohortsOf(observed.nodes).flatMap(({ nodes, draining }) => [
    ...nodes.map((node, rank) => ({ fleet, node, name: `${fleet}/node-${rank}`, rankName: `node-${rank}` })),
    ...draining.filter(isUp).map((node) => ({ fleet, node, name: node.id, rankName: null })),
  ])
}

/** Whether a word means this node itself, not its fleet or a job on it. */
export function meant({ node, name, rankName }: NamedNode, wanted: string): boolean {
  const inCohort = rankName === null ? null : `${node.cohort}/${rankName}`
  return [node.id, node.privateIp, node.hostname, name, rankName, inCohort].includes(wanted)
}

function theOnly(all: readonly NamedNode[], command: string): NamedNode {
  const [first, second] = all
  if (first === undefined)
    throw new MusterError('NodeUnknown', 'there is no node', { suggestions: ['muster up', 'muster status'] })
  if (second === undefined) return first
  throw new MusterError('NodeUnknown', `there are ${all.length} nodes: name one of them`, {
    suggestions: commands(all, command),
  })
}

function oneOf(wanted: string, found: readonly NamedNode[], all: readonly NamedNode[], command: string): NamedNode {
  const [first, second] = found
  if (first === undefined || second !== undefined) throw ambiguous(wanted, found.length === 0 ? all : found, command)
  return first
}

/** Nodes of several cohorts have one name: only their ids tell them apart. */
function ambiguous(wanted: string, found: readonly NamedNode[], command: string): MusterError {
  const names = new Set(found.map(({ name }) => name))
  const words =
    names.size === found.length
      ? commands(found, command)
      : found.map(({ node }) => `${command} ${node.id}`).slice(0, MOST)
  return new MusterError('NodeUnknown', `${wanted} may be one of ${found.length} nodes`, { suggestions: words })
}

function unknown(wanted: string, all: readonly NamedNode[], command: string): never {
  const words = all.flatMap(({ node, name, rankName }) => [node.id, name, rankName ?? node.id])
  const near = nearest(wanted, [...new Set(words)])
  throw new MusterError('NodeUnknown', `there is no node, fleet or job ${wanted}`, {
    suggestions: near.length > 0 ? near.map((word) => `${command} ${shellQuote(word)}`) : ['muster status --nodes'],
  })
}

const MOST = 4

function commands(found: readonly NamedNode[], command: string): string[] {
  return found.slice(0, MOST).map(({ name }) => `${command} ${shellQuote(name)}`)
}

/** `JOB` or `JOB/node-3`. A job's nodes may be gone, or another job's by now. */
async function nodeOfJob(
  wanted: string,
  all: readonly NamedNode[],
  command: string,
  services: Services,
): Promise<NamedNode | null> {
  const [, job = '', host = null] = /^(.+?)(?:\/(node-\d+))?$/.exec(wanted) ?? []
  if (job.includes('/')) return null
  const record = await readRecord(services.objects, await runOf(job, command, services))
  if (record === null) return null
  const place = record.hosts.find(({ name }, at) => (host === null ? at === 0 : name === host))
  if (place === undefined) {
    throw new MusterError('NodeUnknown', `job ${job} has no ${host}`, {
      suggestions: record.hosts.slice(0, MOST).map(({ name }) => `${command} ${job}/${name}`),
    })
  }
  const found = all.find(({ node }) => node.id === place.id)
  if (found) return found
  throw new MusterError('NodeUnknown', `job ${job} ran on ${place.id}, which is gone`, {
    suggestions: [`muster logs ${job}`, 'muster status --nodes'],
  })
}
