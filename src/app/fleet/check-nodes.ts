import { checkVerdicts, type CheckResult, type CheckVerdict } from '../../core/fleet/check-verdicts.ts'
import { efaOfFleet } from '../../core/fleet/efa.ts'
import { factsOf, type InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { ObservedNode } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { cohortsOf, type Cohort } from '../../core/plan/cohort.ts'
import { isReady } from '../../core/plan/plan-raise.ts'
import { verifyScript } from '../../launch/remote/verify-script.ts'
import type { RemoteResult } from '../../ports/remote-exec.ts'
import type { Services } from '../services.ts'
import { nodeContext } from './node-context.ts'
import { saidBy } from './run-on-nodes.ts'

/** A check takes seconds; a mount that hangs takes for ever. */
const TIMEOUT_S = 60

export interface Checked {
  readonly spec: FleetSpec
  readonly types: readonly InstanceFacts[]
  readonly nodes: readonly ObservedNode[]
}

/**
 * Has nodes that are up verified again, with the check that they passed when they became ready: one call a cohort. The cohort's lead and one
 * more node that nobody suspects take part, so that what fails everywhere is told from what fails here.
 */
export async function checkNodes(
  suspects: ReadonlySet<string>,
  given: Checked,
  services: Services,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, CheckVerdict>> {
  const rounds = cohortsOf(given.nodes).map((cohort) => checkCohort(cohort, suspects, given, services, signal))
  return new Map((await Promise.all(rounds)).flatMap((verdicts) => [...verdicts]))
}

async function checkCohort(
  cohort: Cohort,
  all: ReadonlySet<string>,
  { spec, types }: Checked,
  services: Services,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, CheckVerdict>> {
  const suspects = cohort.nodes.filter(({ id }) => all.has(id))
  const [lead] = cohort.nodes
  if (suspects.length === 0 || !lead) return new Map()
  const witness = cohort.nodes.find((node) => node !== lead && !all.has(node.id) && isReady(node))
  // The witness first: where the lead reaches nobody, it says so of that one.
  const asked = [...(witness ? [witness] : []), ...suspects]
  const text = verifyScript(await nodeContext(services.objects), {
    leadId: lead.id,
    hosts: asked.map(({ privateIp }) => privateIp ?? ''),
    mountPoint: spec.storage?.mountPoint ?? null,
    efaInterfaces: efaOfFleet(spec, factsOf(types, lead.instanceType)),
  })
  const ids = [...new Set([lead, ...asked].map(({ id }) => id))]
  const results = await services.remote.run(ids, { comment: 'muster: check', text, timeoutS: TIMEOUT_S }, signal)
  const addresses = new Map(cohort.nodes.map(({ id, privateIp }) => [id, privateIp]))
  return checkVerdicts(results.map(resultOf), {
    suspects: suspects.map(({ id }) => id),
    lead: lead.id,
    addressOf: (id) => addresses.get(id) ?? null,
  })
}

function resultOf(result: RemoteResult): CheckResult {
  const { nodeId: node, outcome, exitCode } = result
  const end =
    outcome === 'success' ? 'passed' : outcome === 'failed' || outcome === 'timed-out' ? 'failed' : 'unreached'
  return { node, end, exitCode, words: firstWords(result) }
}

/** Our scripts say one line that begins so; the agent adds lines of its own. */
export function firstWords(result: RemoteResult): string {
  return /^muster: (.+)$/m.exec(result.stderr)?.[1] ?? saidBy(result)
}
