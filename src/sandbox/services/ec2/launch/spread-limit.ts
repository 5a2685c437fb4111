import { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import { stateOf } from '../life/transitions.ts'
import type { LaunchPlan } from './plan.ts'

/** Running instances of one rack spread group in one zone: EC2 User Guide, limitations-placement-groups. Pending ones count here. */
const MOST_IN_A_ZONE = 7

/** How many more instances the launch's spread group takes in its zone; without end for other groups. */
export function spreadRoom({ placementGroup, subnet }: LaunchPlan, { region }: Ec2Call): number {
  if (placementGroup?.strategy !== 'spread') return Number.POSITIVE_INFINITY
  const there = [...placementGroup.members].filter((id) => {
    const instance = region.instances.get(id)
    return (
      instance !== undefined &&
      instance.subnet.zone.name === subnet.zone.name &&
      ['pending', 'running'].includes(stateOf(instance))
    )
  })
  return Math.max(0, MOST_IN_A_ZONE - there.length)
}

/** The guide says that an eighth instance does not launch, and not with which code: code and words are assumed. */
export const tooManySpread = ({ placementGroup, subnet }: LaunchPlan): AwsError =>
  new AwsError(
    'ResourceCountExceeded',
    `The spread placement group '${placementGroup?.name ?? ''}' can have at most ${MOST_IN_A_ZONE} running instances in an Availability Zone (${subnet.zone.name}).`,
  )
