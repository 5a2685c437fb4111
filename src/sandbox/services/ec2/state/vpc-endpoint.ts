import type { Resource } from './resource.ts'

/** A way from a network to an AWS service without the internet. */
export interface VpcEndpoint extends Resource {
  readonly kind: 'vpc-endpoint'
  readonly type: 'Gateway' | 'Interface'
  readonly vpcId: string
  /** `com.amazonaws.us-east-1.ssm`. */
  readonly serviceName: string
  readonly privateDns: boolean
  policyDocument: string
  routeTableIds: readonly string[]
  readonly subnetIds: readonly string[]
  groupIds: readonly string[]
  readonly interfaceIds: readonly string[]
  state: 'pending' | 'available' | 'deleting'
}

/** The policy of an endpoint for which none was given (model). */
export const FULL_ACCESS = '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}'

/** `ssm` of `com.amazonaws.us-east-1.ssm`. */
export const serviceOf = (serviceName: string): string => serviceName.split('.').slice(3).join('.')
