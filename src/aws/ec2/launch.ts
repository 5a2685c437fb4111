import { CreateFleetCommand, type CreateFleetCommandInput, type CreateFleetError } from '@aws-sdk/client-ec2'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { LaunchRequest } from '../../ports/compute.ts'
import { classOfCode } from '../error-codes.ts'
import { awsError, isAwsClass } from '../error-map.ts'
import { poll } from '../poll.ts'
import { fleetFilter, fleetTags, TAG } from '../tags.ts'
import { instancesBy } from './describe.ts'
import type { Ec2 } from './ec2.ts'
import { terminate } from './terminate.ts'

/** How long a template or group that was made a moment ago may be unknown to the launch. */
const SETTLE_MS = 60_000

/**
 * One instant fleet of one type in one zone: all nodes or none. AWS answers 200 also when it launched nothing; why is in
 * the answer's errors. Returns when AWS shows all nodes, so that whoever observes next sees them.
 */
export async function launchCohort(ec2: Ec2, request: LaunchRequest): Promise<readonly string[]> {
  const ids = await create(ec2, request)
  await poll(ec2.settings, SETTLE_MS, async () => {
    const shown = new Set((await instancesBy(ec2, [fleetFilter(request.fleet)])).map((one) => one.InstanceId))
    return ids.every((id) => shown.has(id)) ? true : undefined
  })
  if (ids.length >= request.count) return ids
  await terminate(ec2, ids)
  const { count, instanceType, zone } = request
  throw new MusterError(
    'PartialCohort',
    `asked for ${count} ${instanceType} in ${zone}, got ${ids.length}; they were terminated`,
    {
      data: { zone, instanceType, wanted: count, launched: ids },
    },
  )
}

/** A refusal that time heals gets a token of its own, still the same at every run: the first token holds the refusal. */
async function create(ec2: Ec2, request: LaunchRequest): Promise<string[]> {
  let attempt = 0
  let last: unknown
  const ids = await poll(ec2.settings, SETTLE_MS, async () => {
    const token = attempt === 0 ? request.token : `${request.token.slice(0, 58)}-r${attempt}`
    attempt += 1
    try {
      return await createOnce(ec2, { ...request, token })
    } catch (error) {
      last = error
      if (isAwsClass(error, 'gone')) return undefined
      throw error
    }
  })
  if (ids === null) throw last
  return ids
}

async function createOnce(ec2: Ec2, request: LaunchRequest): Promise<string[]> {
  const answer = await ec2.send(new CreateFleetCommand(fleetInput(request)))
  const ids = (answer.Instances ?? []).flatMap((one) => one.InstanceIds ?? [])
  if (ids.length === 0) throw refusal(ec2, request, answer.Errors?.[0])
  return ids
}

export function fleetInput(request: LaunchRequest): CreateFleetCommandInput {
  const { fleet, action, cohort, count, placementGroup } = request
  const override = {
    InstanceType: request.instanceType,
    SubnetId: request.subnetId,
    ...(placementGroup === null ? {} : { Placement: { GroupName: placementGroup } }),
  }
  const tags = fleetTags(fleet, action, { ...request.tags, [TAG.cohort]: cohort })
  return {
    Type: 'instant',
    ClientToken: request.token,
    LaunchTemplateConfigs: [
      {
        LaunchTemplateSpecification: {
          LaunchTemplateId: request.templateId,
          Version: String(request.templateVersion),
        },
        Overrides: [
          override as NonNullable<NonNullable<CreateFleetCommandInput['LaunchTemplateConfigs']>[0]['Overrides']>[0],
        ],
      },
    ],
    TargetCapacitySpecification: { TotalTargetCapacity: count, DefaultTargetCapacityType: 'on-demand' },
    OnDemandOptions: {
      AllocationStrategy: 'lowest-price',
      SingleInstanceType: true,
      SingleAvailabilityZone: true,
      // AWS's own limit; a larger cohort that comes up short is undone afterwards.
      MinTargetCapacity: Math.min(count, 1000),
    },
    TagSpecifications: [
      { ResourceType: 'fleet', Tags: tags },
      { ResourceType: 'instance', Tags: tags },
    ],
  }
}

function refusal(ec2: Ec2, request: LaunchRequest, error: CreateFleetError | undefined): MusterError {
  const awsCode = error?.ErrorCode ?? 'InsufficientInstanceCapacity'
  const message = error?.ErrorMessage ?? 'nothing was launched, and no reason was given'
  const { zone, instanceType } = request
  const { region } = ec2.settings
  const aws = { code: awsCode, message, address: `ec2.${region}` }
  return awsError(classOfCode(awsCode), aws, ec2.context('CreateFleet'), {
    data: { zone, instanceType, availableZones: zonesNamedIn(message, region, zone) },
  })
}

/** AWS says where it has capacity in words alone: "... or choosing us-east-1b, us-east-1c". Only a hint, so words will do. */
export function zonesNamedIn(message: string, region: string, refused: string): string[] {
  const words = message.match(/[a-z]{2}(?:-[a-z]+)+-\d[a-z]\b/g) ?? []
  return [...new Set(words)].filter((zone) => zone.startsWith(region) && zone !== refused)
}
