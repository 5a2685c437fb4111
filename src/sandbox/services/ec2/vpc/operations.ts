import type { BoundOperation } from '../context.ts'
import { allocateAddress } from './allocate-address.ts'
import { associateRouteTable, disassociateRouteTable } from './associate-route-table.ts'
import { attachInternetGateway, detachInternetGateway } from './attach-internet-gateway.ts'
import { createInternetGateway } from './create-internet-gateway.ts'
import { createNatGateway } from './create-nat-gateway.ts'
import { createRouteTable } from './create-route-table.ts'
import { createRoute } from './create-route.ts'
import { createSubnet } from './create-subnet.ts'
import { createVpcEndpoint } from './create-vpc-endpoint.ts'
import { createDefaultVpc, createVpc } from './create-vpc.ts'
import { deleteInternetGateway } from './delete-internet-gateway.ts'
import { deleteNatGateway } from './delete-nat-gateway.ts'
import { deleteRouteTable } from './delete-route-table.ts'
import { deleteRoute } from './delete-route.ts'
import { deleteSubnet } from './delete-subnet.ts'
import { deleteVpcEndpoints } from './delete-vpc-endpoints.ts'
import { deleteVpc } from './delete-vpc.ts'
import { describeAddresses } from './describe-addresses.ts'
import { describeInternetGateways } from './describe-internet-gateways.ts'
import { describeNatGateways } from './describe-nat-gateways.ts'
import { describeNetworkAcls } from './describe-network-acls.ts'
import { describePrefixLists } from './describe-prefix-lists.ts'
import { describeRouteTables } from './describe-route-tables.ts'
import { describeVpcEndpointServices } from './describe-vpc-endpoint-services.ts'
import { describeVpcEndpoints } from './describe-vpc-endpoints.ts'
import { modifySubnetAttribute } from './modify-subnet-attribute.ts'
import { releaseAddress } from './release-address.ts'
import { describeVpcAttribute, modifyVpcAttribute } from './vpc-attributes.ts'

/** What makes, shows and removes networks. */
export const vpcOperations: readonly BoundOperation[] = [
  allocateAddress,
  associateRouteTable,
  attachInternetGateway,
  createDefaultVpc,
  createInternetGateway,
  createNatGateway,
  createRoute,
  createRouteTable,
  createSubnet,
  createVpc,
  createVpcEndpoint,
  deleteInternetGateway,
  deleteNatGateway,
  deleteRoute,
  deleteRouteTable,
  deleteSubnet,
  deleteVpc,
  deleteVpcEndpoints,
  describeAddresses,
  describeInternetGateways,
  describeNatGateways,
  describeNetworkAcls,
  describePrefixLists,
  describeRouteTables,
  describeVpcAttribute,
  describeVpcEndpointServices,
  describeVpcEndpoints,
  detachInternetGateway,
  disassociateRouteTable,
  modifySubnetAttribute,
  modifyVpcAttribute,
  releaseAddress,
]
