/** A service that endpoints lead to. */
export interface EndpointService {
  /** `com.amazonaws.us-east-1.ssm`. */
  readonly name: string
  readonly types: readonly ('Gateway' | 'Interface')[]
  readonly privateDnsName: string
}

/**
 * The services that muster's nodes may need, of the hundreds that AWS has: compiled facts F.9
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html).
 */
const INTERFACE_SERVICES = [
  'ssm',
  'ssmmessages',
  'ec2messages',
  'ec2',
  'logs',
  'sts',
  'kms',
  'fsx',
  'secretsmanager',
  'monitoring',
]

export function endpointServices(region: string): readonly EndpointService[] {
  const name = (service: string): string => `com.amazonaws.${region}.${service}`
  const domain = (service: string): string => `${service}.${region}.amazonaws.com`
  return [
    { name: name('s3'), types: ['Gateway', 'Interface'], privateDnsName: domain('s3') },
    { name: name('dynamodb'), types: ['Gateway', 'Interface'], privateDnsName: domain('dynamodb') },
    ...INTERFACE_SERVICES.map((service): EndpointService => ({
      name: name(service),
      types: ['Interface'],
      privateDnsName: domain(service),
    })),
  ]
}
