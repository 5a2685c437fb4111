import type { BoundOperation } from './context.ts'
import { authorizeSecurityGroupEgress, authorizeSecurityGroupIngress } from './authorize-security-group.ts'
import { cancelCapacityReservation } from './cancel-capacity-reservation.ts'
import { cancelSpotInstanceRequests } from './cancel-spot-instance-requests.ts'
import { createCapacityReservation } from './create-capacity-reservation.ts'
import { createFleet } from './create-fleet.ts'
import { createImage } from './create-image.ts'
import { createLaunchTemplateVersion } from './create-launch-template-version.ts'
import { createLaunchTemplate } from './create-launch-template.ts'
import { createPlacementGroup } from './create-placement-group.ts'
import { createSecurityGroup } from './create-security-group.ts'
import { createTags } from './create-tags.ts'
import { deleteFleets } from './delete-fleets.ts'
import { deleteLaunchTemplate } from './delete-launch-template.ts'
import { deleteNetworkInterface } from './delete-network-interface.ts'
import { deletePlacementGroup } from './delete-placement-group.ts'
import { deleteSecurityGroup } from './delete-security-group.ts'
import { deleteSnapshot } from './delete-snapshot.ts'
import { deleteTags } from './delete-tags.ts'
import { deleteVolume } from './delete-volume.ts'
import { deregisterImage } from './deregister-image.ts'
import { describeAccountAttributes } from './describe-account-attributes.ts'
import { describeAvailabilityZones } from './describe-availability-zones.ts'
import { describeCapacityBlockOfferings } from './describe-capacity-block-offerings.ts'
import { describeCapacityReservations } from './describe-capacity-reservations.ts'
import { describeFleetInstances } from './describe-fleet-instances.ts'
import { describeFleets } from './describe-fleets.ts'
import { describeImages } from './describe-images.ts'
import { describeInstanceAttribute } from './describe-instance-attribute.ts'
import { describeInstanceStatus } from './describe-instance-status.ts'
import { describeInstanceTopology } from './describe-instance-topology.ts'
import { describeInstanceTypeOfferings } from './describe-instance-type-offerings.ts'
import { describeInstanceTypes } from './describe-instance-types.ts'
import { describeInstances } from './describe-instances.ts'
import { describeLaunchTemplateVersions } from './describe-launch-template-versions.ts'
import { describeLaunchTemplates } from './describe-launch-templates.ts'
import { describeNetworkInterfaces } from './describe-network-interfaces.ts'
import { describePlacementGroups } from './describe-placement-groups.ts'
import { describeRegions } from './describe-regions.ts'
import { describeSecurityGroupRules } from './describe-security-group-rules.ts'
import { describeSecurityGroups } from './describe-security-groups.ts'
import { describeSnapshots } from './describe-snapshots.ts'
import { describeSpotInstanceRequests } from './describe-spot-instance-requests.ts'
import { describeSpotPriceHistory } from './describe-spot-price-history.ts'
import { describeSubnets } from './describe-subnets.ts'
import { describeTags } from './describe-tags.ts'
import { describeVolumes } from './describe-volumes.ts'
import { describeVpcs } from './describe-vpcs.ts'
import { getConsoleOutput } from './get-console-output.ts'
import { modifyCapacityReservation } from './modify-capacity-reservation.ts'
import { modifyInstanceAttribute } from './modify-instance-attribute.ts'
import { purchaseCapacityBlock } from './purchase-capacity-block.ts'
import { rebootInstances } from './reboot-instances.ts'
import { revokeSecurityGroupEgress, revokeSecurityGroupIngress } from './revoke-security-group.ts'
import { runInstances } from './run-instances.ts'
import { startInstances } from './start-instances.ts'
import { stopInstances } from './stop-instances.ts'
import { terminateInstances } from './terminate-instances.ts'
import { vpcOperations } from './vpc/operations.ts'

/** Every operation that the sandbox's EC2 has; any other answers that it is not implemented. */
export const operations: readonly BoundOperation[] = [
  authorizeSecurityGroupEgress,
  authorizeSecurityGroupIngress,
  cancelCapacityReservation,
  cancelSpotInstanceRequests,
  createCapacityReservation,
  createFleet,
  createImage,
  createLaunchTemplate,
  createLaunchTemplateVersion,
  createPlacementGroup,
  createSecurityGroup,
  createTags,
  deleteFleets,
  deleteLaunchTemplate,
  deleteNetworkInterface,
  deletePlacementGroup,
  deleteSecurityGroup,
  deleteSnapshot,
  deleteTags,
  deleteVolume,
  deregisterImage,
  describeAccountAttributes,
  describeAvailabilityZones,
  describeCapacityBlockOfferings,
  describeCapacityReservations,
  describeFleetInstances,
  describeFleets,
  describeImages,
  describeInstanceAttribute,
  describeInstances,
  describeInstanceStatus,
  describeInstanceTopology,
  describeInstanceTypeOfferings,
  describeInstanceTypes,
  describeLaunchTemplates,
  describeLaunchTemplateVersions,
  describeNetworkInterfaces,
  describePlacementGroups,
  describeRegions,
  describeSecurityGroupRules,
  describeSecurityGroups,
  describeSnapshots,
  describeSpotInstanceRequests,
  describeSpotPriceHistory,
  describeSubnets,
  describeTags,
  describeVolumes,
  describeVpcs,
  getConsoleOutput,
  modifyCapacityReservation,
  modifyInstanceAttribute,
  purchaseCapacityBlock,
  rebootInstances,
  revokeSecurityGroupEgress,
  revokeSecurityGroupIngress,
  runInstances,
  startInstances,
  stopInstances,
  terminateInstances,
  ...vpcOperations,
]
