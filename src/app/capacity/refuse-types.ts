import { sayUnfit, unfit, type FitQuestion } from '../../core/capacity/fit.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Compute } from '../../ports/compute.ts'
import { fitImage } from '../fleet/fit-image.ts'
import type { Misfit } from './misfit.ts'
import { namedFew, nearFirst } from './name-types.ts'

/** The refusal of a fleet none of whose types will do, naming types that will. @throws MusterError ImageUnfit where it is the image alone. */
export async function refuseTypes(
  wanted: FleetSpec,
  misfits: readonly Misfit[],
  question: FitQuestion,
  compute: Pick<Compute, 'typesFor' | 'imageFacts'>,
): Promise<MusterError> {
  const { name } = wanted
  if (misfits.length === 0) {
    return new MusterError('InstanceTypeUnfit', `fleet ${name}: no instance type of the region has what it needs`, {
      suggestions: [`ask for less under type in fleets.${name} of muster.yaml`],
      data: { need: wanted.need },
    })
  }
  if (misfits.every(({ why }) => why.kind === 'too-few-cores')) return tooManyTasks(misfits, question)
  if (misfits.every(({ why }) => why.kind === 'image')) await fitImage(wanted, misfits[0]!.facts, compute)
  const able = await typesThatCan(wanted, misfits, question, compute)
  const reasons = misfits.map(({ facts, why }) => `${facts.instanceType} (${facts.architecture}) ${sayUnfit(why)}`)
  const edits = [
    ...(able[0] === undefined ? [] : [`type: ${able[0]} in fleets.${name} of muster.yaml`]),
    ...(misfits.some(({ why }) => why.kind === 'no-efa') ? [`efa: auto in fleets.${name} of muster.yaml`] : []),
    ...(misfits.some(({ why }) => why.kind === 'no-placement')
      ? [`placement: none in fleets.${name} of muster.yaml`]
      : []),
    ...(misfits.some(({ why }) => why.kind === 'image') ? [`image: auto in fleets.${name} of muster.yaml`] : []),
  ]
  return new MusterError('InstanceTypeUnfit', `fleet ${name}: ${reasons.join('; ')}; ${namedFew(able)}`, {
    ...(edits.length === 0 ? {} : { suggestions: edits }),
    data: { types: misfits.map(({ facts, why }) => ({ instanceType: facts.instanceType, why })), able },
  })
}

function tooManyTasks(misfits: readonly Misfit[], { tasksPerNode }: FitQuestion): MusterError {
  const largest = misfits.map(({ facts }) => facts).toSorted((a, b) => b.cores - a.cores)[0]!
  const { cores, instanceType } = largest
  return new MusterError(
    'UsageInvalid',
    `${tasksPerNode} tasks per node are more than the ${cores} cores of ${instanceType}`,
    { suggestions: [`--tasks-per-node ${cores}`] },
  )
}

/** Types like those that were named; none where the cloud cannot tell: the refusal stands all the same. */
async function typesThatCan(
  { types }: FleetSpec,
  misfits: readonly Misfit[],
  question: FitQuestion,
  compute: Pick<Compute, 'typesFor'>,
): Promise<string[]> {
  const first = misfits[0]!.facts
  const cores = Math.min(...misfits.map(({ facts }) => facts.cores))
  const architecture = question.image?.architecture ?? first.architecture
  const gpus = Math.min(...misfits.map(({ facts }) => facts.gpus))
  const alike = await compute.typesFor({ cores, memoryMiB: 0, architecture, gpus }).catch(() => [])
  const able = alike.filter((facts) => unfit(facts, question) === null && facts.zones.length > 0)
  return nearFirst(
    able.map((facts) => facts.instanceType),
    types[0] ?? '',
  )
}
