import type { Compute } from '../../ports/compute.ts'
import type { AwsSettings } from '../settings.ts'
import { connectEc2 } from './ec2.ts'
import { facts } from './facts.ts'
import { imageFacts } from './image-facts.ts'
import { launchCohort } from './launch.ts'
import { network } from './network.ts'
import { fleets, observe } from './observe.ts'
import { ensurePlacementGroup, removePlacementGroup } from './placement-group.ts'
import { reservations } from './reservations.ts'
import { ensureSecurityGroup, removeSecurityGroup } from './security-group.ts'
import { ensureTemplate, removeTemplate } from './template.ts'
import { topology } from './topology.ts'
import { typesFor } from './types-for.ts'
import { markDraining, markLead, markStages, quarantine, renameCohort } from './mark.ts'
import { regions, removeStray, strays } from './strays.ts'
import { terminate } from './terminate.ts'

/** Compute over EC2. */
export function connectCompute(settings: AwsSettings): Compute {
  const ec2 = connectEc2(settings)
  return {
    observe: (fleet) => observe(ec2, fleet),
    fleets: () => fleets(ec2),
    facts: (instanceType) => facts(ec2, instanceType),
    typesFor: (need) => typesFor(ec2, need),
    reservations: () => reservations(ec2),
    topology: (nodeIds) => topology(ec2, nodeIds),
    imageFacts: (image) => imageFacts(ec2, image),
    ensurePlacementGroup: (fleet, action, strategy, tags) => ensurePlacementGroup(ec2, fleet, action, strategy, tags),
    ensureSecurityGroup: (fleet, action, vpc, tags) => ensureSecurityGroup(ec2, fleet, action, vpc, tags),
    ensureTemplate: (request) => ensureTemplate(ec2, request),
    launchCohort: (request) => launchCohort(ec2, request),
    markStages: (nodeIds, stages) => markStages(ec2, nodeIds, stages),
    markDraining: (nodeIds, until = null) => markDraining(ec2, nodeIds, until),
    strays: () => strays(ec2),
    removeStray: (stray) => removeStray(ec2, stray),
    regions: () => regions(ec2),
    markLead: (nodeId) => markLead(ec2, nodeId),
    quarantine: (nodeIds, mark) => quarantine(ec2, nodeIds, mark),
    renameCohort: (nodeIds, cohort) => renameCohort(ec2, nodeIds, cohort),
    terminate: (nodeIds) => terminate(ec2, nodeIds),
    removeTemplate: (id) => removeTemplate(ec2, id),
    removePlacementGroup: (name) => removePlacementGroup(ec2, name),
    removeSecurityGroup: (id) => removeSecurityGroup(ec2, id),
    network: (choice) => network(ec2, choice),
  }
}
