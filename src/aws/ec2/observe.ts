import type { Instance, LaunchTemplate, PlacementGroup } from '@aws-sdk/client-ec2'
import type { ObservedFleet, ObservedNode } from '../../core/fleet/observed.ts'
import { MAX_LIFE_TAG } from '../../core/fleet/tags.ts'
import { markFromTag } from '../../core/fleet/quarantine.ts'
import type { ComputeView } from '../../ports/compute.ts'
import { anyFleetFilter, fleetFilter, fleetNames, stagesFromTag, DRAINING, TAG, tagValue } from '../tags.ts'
import { instancesBy, placementGroupsBy, securityGroupsBy, templatesBy } from './describe.ts'
import type { Ec2 } from './ec2.ts'

/** Everything of a fleet, by tag, side by side. `online` is false for all: only SSM knows. */
export async function observe(ec2: Ec2, fleet: string): Promise<ComputeView> {
  const filters = [fleetFilter(fleet)]
  const [instances, groups, placements, templates] = await Promise.all([
    instancesBy(ec2, filters),
    securityGroupsBy(ec2, filters),
    placementGroupsBy(ec2, filters),
    templatesBy(ec2, filters),
  ])
  const groupId = groups[0]?.GroupId
  return {
    name: fleet,
    securityGroup: groupId === undefined ? null : { id: groupId },
    placementGroup: observedPlacement(placements[0]),
    template: observedTemplate(templates[0]),
    nodes: instances.map(observedNode),
  }
}

/** A terminated instance is still listed for an hour: it makes no fleet. */
export async function fleets(ec2: Ec2): Promise<string[]> {
  const alive = { Name: 'instance-state-name', Values: ['pending', 'running', 'stopping', 'stopped', 'shutting-down'] }
  const all = await Promise.all([
    instancesBy(ec2, [anyFleetFilter, alive]),
    securityGroupsBy(ec2, [anyFleetFilter]),
    placementGroupsBy(ec2, [anyFleetFilter]),
    templatesBy(ec2, [anyFleetFilter]),
  ])
  return fleetNames(all.flat().map((one) => one.Tags))
}

export function observedNode(instance: Instance): ObservedNode {
  const { InstanceId = '', InstanceType = '' } = instance
  const state = instance.State?.Name ?? 'pending'
  const ended = state !== 'pending' && state !== 'running'
  return {
    id: InstanceId,
    cohort: tagValue(instance.Tags, TAG.cohort) ?? '',
    instanceType: InstanceType,
    zone: instance.Placement?.AvailabilityZone ?? '',
    efaInterfaces: efaInterfaces(instance),
    state,
    stateReason: ended ? endReason(instance) : null,
    endedAt: ended ? endTime(instance) : null,
    privateIp: instance.PrivateIpAddress || null,
    hostname: instance.PrivateDnsName || null,
    launchedAt: instance.LaunchTime?.getTime() ?? 0,
    maxLifeS: maxLifeOf(instance),
    purchase: purchaseOf(instance),
    lead: tagValue(instance.Tags, TAG.lead) !== null,
    topology: [],
    draining: tagValue(instance.Tags, TAG.draining) === DRAINING,
    replacedBy: replacementOf(instance),
    mark: markFromTag(tagValue(instance.Tags, TAG.quarantine)),
    online: false,
    stages: stagesFromTag(tagValue(instance.Tags, TAG.stage)),
  }
}

/** Tagged at the launch; null where it never ends itself. */
function maxLifeOf({ Tags }: Instance): number | null {
  return Number(tagValue(Tags, MAX_LIFE_TAG)) || null
}

/** Absent for what was bought on demand. */
function purchaseOf({ InstanceLifecycle: lifecycle }: Instance): ObservedNode['purchase'] {
  return lifecycle === 'spot' || lifecycle === 'capacity-block' ? lifecycle : 'on-demand'
}

/** Other endpoints do not show what kind an interface is; an instance that has ended shows none. */
function efaInterfaces({ NetworkInterfaces: shown = [] }: Instance): number | null {
  const kinds = shown.flatMap((one) => one.InterfaceType ?? [])
  return kinds.length === 0 ? null : kinds.filter((kind) => kind === 'efa' || kind === 'efa-only').length
}

function replacementOf({ Tags }: Instance): string | null {
  const value = tagValue(Tags, TAG.draining)
  return value === DRAINING ? null : value
}

/** AWS's message repeats its code: `Client.UserInitiatedShutdown: User initiated shutdown`. */
function endReason({ StateReason: reason }: Instance): string | null {
  return reason?.Message ?? reason?.Code ?? null
}

/**
 * `User initiated (2026-11-23 14:02:10 GMT)`; other ends have no time in it. From then on the instance is not billed
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html, "Billing by instance state").
 */
function endTime({ StateTransitionReason: reason = '' }: Instance): number | null {
  const [, day, time] = /\((\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (?:GMT|UTC)\)/.exec(reason) ?? []
  return day === undefined ? null : Date.parse(`${day}T${time}Z`)
}

function observedPlacement(group: PlacementGroup | undefined): ObservedFleet['placementGroup'] {
  if (group?.GroupName === undefined) return null
  const state = group.State === 'pending' || group.State === 'deleting' ? group.State : 'available'
  return { name: group.GroupName, state }
}

function observedTemplate(template: LaunchTemplate | undefined): ObservedFleet['template'] {
  if (template?.LaunchTemplateId === undefined) return null
  return {
    id: template.LaunchTemplateId,
    version: template.LatestVersionNumber ?? 1,
    fingerprint: tagValue(template.Tags, TAG.fingerprint) ?? '',
    createdAt: template.CreateTime?.getTime() ?? null,
  }
}
