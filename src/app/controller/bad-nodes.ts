import type { CheckVerdict } from '../../core/fleet/check-verdicts.ts'
import { isUp, type ObservedFleet, type ObservedNode } from '../../core/fleet/observed.ts'
import { isQuarantined, markedAt, type NodeMark, type QuarantinedBy } from '../../core/fleet/quarantine.ts'
import type { AttemptRecord } from '../../core/queue/attempt-record.ts'
import { remember } from '../../core/queue/bad-nodes.ts'
import type { NodeRecords } from '../../core/queue/elsewhere.ts'
import { judgeNodes } from '../../core/queue/judge-nodes.ts'
import { tooManyBad, withFound, type FoundBad } from '../../core/queue/found-bad.ts'
import { checkNodes, type Checked } from '../fleet/check-nodes.ts'
import type { Services } from '../services.ts'
import { readFoundBad, writeFoundBad } from './found-bad-note.ts'
import { watchStages } from './failed-stages.ts'
import { watchAgents } from './silent-agents.ts'

/** What a fleet's controller knows of bad nodes. */
export interface BadNodes {
  /** Nodes that are being checked: nothing is placed on them meanwhile. */
  readonly checking: ReadonlySet<string>
  /** Until when nothing more is launched, and why; null where it may be. */
  blocked(): { readonly until: number; readonly message: string } | null
  /** The fleet with marks that the cloud shows late; remembers those that others have set. */
  seen(observed: ObservedFleet): Promise<ObservedFleet>
  /** Takes in how attempts have ended, quarantines who is bad, and begins checks of who may be; gives the fleet as it is then. */
  judge(
    ended: readonly AttemptRecord[],
    fleet: Omit<Checked, 'nodes'> & { readonly observed: ObservedFleet },
  ): Promise<ObservedFleet>
  /** Whether it was single nodes on which a stage of the raise failed: those are quarantined, and the others can go on. */
  tookFrom(error: unknown, observed: ObservedFleet | null): Promise<boolean>
  stop(): void
}

export function badNodes(fleet: string, keeps: () => boolean, services: Services): BadNodes {
  const { clock, compute, events, queue } = services
  const marks = new Map<string, NodeMark>()
  const checkedFor = new Map<string, number>()
  const checking = new Set<string>()
  const stopping = new AbortController()
  const silent = watchAgents(clock)
  const stages = watchStages()
  let verdicts = new Map<string, CheckVerdict>()
  let records: NodeRecords = new Map()
  let found: readonly FoundBad[] | null = null

  const withMarks = (observed: ObservedFleet): ObservedFleet => ({
    ...observed,
    nodes: observed.nodes.map((node) => ({ ...node, mark: newer(node.mark, marks.get(node.id) ?? null) })),
  })

  const note = async (one: FoundBad): Promise<void> => {
    found = withFound(found ?? (await readFoundBad(fleet, queue)), [one], clock.now())
    await writeFoundBad(fleet, found, queue)
  }

  const quarantine = async (bad: ReadonlyMap<string, string>, by: QuarantinedBy, nodes: readonly ObservedNode[]) => {
    const known = nodes.filter((node) => bad.has(node.id) && !isQuarantined(node))
    for (const node of known) {
      const since = markedAt(clock.now())
      const mark = { by, since, why: bad.get(node.id) ?? '' }
      await compute.quarantine([node.id], mark)
      marks.set(node.id, mark)
      const wasBlocked = tooManyBad(found ?? [], clock.now()) !== null
      await note({ node: node.id, instanceType: node.instanceType, by, since, why: mark.why })
      events.emit('node.quarantined', { fleet, node: node.id, why: mark.why, isKept: keeps() })
      const blocked = tooManyBad(found ?? [], clock.now())
      if (blocked === null || wasBlocked) continue
      events.emit('queue.fleet-blocked', { fleet, message: blocked.message, retryInMs: blocked.until - clock.now() })
    }
  }

  const takeVerdicts = async (nodes: readonly ObservedNode[]): Promise<void> => {
    const taken = verdicts
    verdicts = new Map()
    for (const [node, verdict] of taken) {
      checking.delete(node)
      if (verdict.kind === 'bad') await quarantine(new Map([[node, verdict.why]]), 'check', nodes)
      if (verdict.kind === 'unclear') events.emit('node.unclear', { fleet, node, why: verdict.why })
    }
  }

  const beginCheck = (failures: ReadonlyMap<string, number>, given: Checked): void => {
    const suspects = new Set(failures.keys())
    for (const [id, at] of failures) {
      checking.add(id)
      checkedFor.set(id, at)
    }
    events.emit('node.checked', { fleet, nodes: [...suspects] })
    void checkedBy(suspects, given).then((said) => (verdicts = new Map([...verdicts, ...said])))
  }

  /** Never fails: each of them has a verdict. */
  const checkedBy = async (suspects: ReadonlySet<string>, given: Checked): Promise<Map<string, CheckVerdict>> => {
    const all = (verdict: CheckVerdict) => [...suspects].map((id) => [id, verdict] as const)
    try {
      return new Map([...all({ kind: 'well' }), ...(await checkNodes(suspects, given, services, stopping.signal))])
    } catch (error) {
      return new Map(all({ kind: 'unclear', why: error instanceof Error ? error.message : String(error) }))
    }
  }

  return {
    checking,
    blocked: () => tooManyBad(found ?? [], clock.now()),
    seen: async (observed) => {
      const now = withMarks(observed)
      found ??= await readFoundBad(fleet, queue)
      const foreign = now.nodes.flatMap(({ id, instanceType, mark }): FoundBad[] => {
        if (mark === null || mark.by === 'released' || found?.some((one) => one.node === id)) return []
        return [{ node: id, instanceType, by: mark.by, since: mark.since, why: mark.why }]
      })
      const well = now.nodes.flatMap(({ id, mark }) => (mark?.by === 'released' ? [id] : []))
      const kept = (found ?? []).filter((one) => !well.includes(one.node))
      if (foreign.length > 0 || kept.length < (found?.length ?? 0)) {
        found = withFound(kept, foreign, clock.now())
        await writeFoundBad(fleet, found, queue)
      }
      return now
    },
    judge: async (ended, { observed, spec, types }) => {
      records = remember(records, ended)
      await takeVerdicts(observed.nodes)
      await quarantine(silent(observed.nodes), 'check', observed.nodes)
      const living = withMarks(observed).nodes.filter((node) => isUp(node) && !isQuarantined(node))
      const free = living.filter(({ id }) => !checking.has(id))
      const { bad, suspects } = judgeNodes(records, free, condemnedIn(observed), checkedFor)
      await quarantine(bad, 'failures', observed.nodes)
      const now = withMarks(observed)
      if (suspects.size > 0) beginCheck(suspects, { spec, types, nodes: now.nodes })
      return now
    },
    tookFrom: async (error, observed) => {
      const bad = stages.failedOn(error, observed?.nodes ?? [])
      if (bad.size === 0) return false
      await quarantine(bad, 'check', observed?.nodes ?? [])
      return true
    },
    stop: () => stopping.abort(),
  }
}

function newer(shown: NodeMark | null, own: NodeMark | null): NodeMark | null {
  return shown === null || (own !== null && own.since > shown.since) ? own : shown
}

/** How many that are up were found bad by their failures alone. */
function condemnedIn({ nodes }: ObservedFleet): number {
  return nodes.filter((node) => isUp(node) && isQuarantined(node) && node.mark?.by === 'failures').length
}
