import type { Ec2Call } from '../context.ts'
import { planAccidents } from '../life/accidents.ts'
import { boot } from '../life/boot.ts'
import { carryOutInterruptions } from '../life/interruptions.ts'
import { noReason } from '../life/reasons.ts'
import { placesFor } from '../reservations/match.ts'
import { enter } from '../reservations/members.ts'
import { freePlaces } from '../reservations/state.ts'
import { makeSpotRequest } from '../spot/make-request.ts'
import type { Instance } from '../state/instance.ts'
import { lagged } from '../state/lagged.ts'
import { hostnameOf } from '../state/network.ts'
import type { Vpc } from '../state/network.ts'
import { newId, resource } from '../state/resource.ts'
import { makeInterfaces } from './make-interfaces.ts'
import { makeVolumes } from './make-volumes.ts'
import type { LaunchPlan } from './plan.ts'

/** Makes the planned instances as one reservation and starts their lives. */
export function makeInstances(plan: LaunchPlan, count: number, context: Ec2Call): readonly Instance[] {
  const reservationId = newId('r-')
  const made = Array.from({ length: count }, (_, index) => makeInstance(plan, reservationId, index, context))
  for (const instance of made) {
    boot(instance, context, { first: true })
    planAccidents(instance, context)
  }
  carryOutInterruptions(context)
  return made
}

function makeInstance(plan: LaunchPlan, reservationId: string, index: number, context: Ec2Call): Instance {
  const { region, now } = context
  const { request, subnet, placementGroup } = plan
  const { data } = request
  const id = newId('i-')
  // The scripted fault: describe calls do not know the instance for so long beyond their lag.
  const hiddenMs = context.world.faults.take('instance-hidden')?.forMs ?? 0
  const interfaces = makeInterfaces(plan, id, context)
  const privateIp = interfaces[0]?.privateIp ?? ''
  const instance: Instance = {
    ...resource('instance', id, now + hiddenMs, new Map([...systemTags(request), ...plan.tags])),
    region: region.name,
    reservationId,
    launchIndex: index,
    clientToken: request.clientToken ?? null,
    image: plan.image,
    vpc: vpcOf(plan, context),
    subnet,
    privateIp,
    hostname: hostnameOf(region.name, privateIp),
    placementGroup,
    partition: partitionOf(plan),
    purchase: request.purchase,
    spotRequestId: makeSpotRequest(plan, id, context),
    reservationAsked: plan.reservationAsked,
    reservation: null,
    monitoring: data.Monitoring?.Enabled ?? false,
    ebsOptimized: data.EbsOptimized ?? true,
    cpu: plan.cpu,
    profile: plan.profile,
    metadataOptions: plan.metadataOptions,
    rootDeviceName: plan.image.rootDeviceName,
    type: plan.type,
    userData: plan.userData,
    shutdownBehavior: data.InstanceInitiatedShutdownBehavior ?? 'stop',
    disableApiTermination: data.DisableApiTermination ?? false,
    disableApiStop: data.DisableApiStop ?? false,
    interfaces,
    volumes: makeVolumes(plan, id, context),
    launchedAt: now,
    state: lagged({ name: 'pending', ...noReason }, now),
    life: {
      machine: null,
      boots: 0,
      timers: new Set(),
      impairedAt: null,
      interrupted: false,
      interruption: null,
      disk: null,
      console: null,
      credentials: null,
    },
  }
  region.instances.set(id, instance)
  placementGroup?.members.add(id)
  const place = placesFor(plan, context).reservations.find((one) => freePlaces(one, now) > 0)
  if (place !== undefined) enter(instance, place)
  return instance
}

function vpcOf({ subnet }: LaunchPlan, { region }: Ec2Call): Vpc {
  const vpc = region.vpcs.get(subnet.vpcId)
  if (vpc === undefined) throw new Error(`subnet ${subnet.id} is in no network`)
  return vpc
}

/** EC2 puts these on what a fleet or a template launched; nobody else may set them. */
function systemTags({ fleetId, template }: LaunchPlan['request']): [string, string][] {
  return [
    ...(template === null
      ? []
      : ([
          ['aws:ec2launchtemplate:id', template.id],
          ['aws:ec2launchtemplate:version', String(template.version)],
        ] as [string, string][])),
    ...(fleetId === null ? [] : ([['aws:ec2:fleet-id', fleetId]] as [string, string][])),
  ]
}

function partitionOf({ placementGroup, request }: LaunchPlan): number | null {
  if (placementGroup?.partitionCount === null || placementGroup === null) return null
  return request.data.Placement?.PartitionNumber ?? (placementGroup.members.size % placementGroup.partitionCount) + 1
}
