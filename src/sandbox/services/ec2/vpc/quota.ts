import type { Ec2Call } from '../context.ts'

/**
 * How much of something a region or network may have: the applied quota where Service Quotas knows one, else what new accounts
 * have (https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html).
 */
export type Limited = keyof typeof QUOTAS

export function mostOf(what: Limited, { world, region }: Ec2Call): number {
  const { service, code, usual } = QUOTAS[what]
  return world.directories.quotas?.applied(region.name, service, code) ?? usual
}

const QUOTAS = {
  vpcs: { service: 'vpc', code: 'L-F678F1CE', usual: 5 },
  internetGateways: { service: 'vpc', code: 'L-A4707A72', usual: 5 },
  natGatewaysOfZone: { service: 'vpc', code: 'L-FE5A380F', usual: 5 },
  subnetsOfVpc: { service: 'vpc', code: 'L-407747CB', usual: 200 },
  routeTablesOfVpc: { service: 'vpc', code: 'L-589F43AA', usual: 200 },
  routesOfTable: { service: 'vpc', code: 'L-93826ACB', usual: 50 },
  gatewayEndpoints: { service: 'vpc', code: 'L-1B52E74A', usual: 20 },
  interfaceEndpointsOfVpc: { service: 'vpc', code: 'L-29B6F2EB', usual: 50 },
  addresses: { service: 'ec2', code: 'L-0263D0A3', usual: 5 },
} as const
