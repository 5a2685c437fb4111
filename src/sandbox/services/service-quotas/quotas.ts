/** One of EC2's quotas of running vCPUs. */
export interface VcpuQuota {
  readonly code: string
  readonly name: string
  /** What AWS gives a new account. */
  readonly standard: number
  /** The class of its usage metric, where it is known. */
  readonly metricClass?: string
}

const onDemand = (code: string, families: string, standard = 0): VcpuQuota => ({
  code,
  name: `Running On-Demand ${families} instances`,
  standard,
})

const spot = (code: string, families: string, standard = 0): VcpuQuota => ({
  code,
  name: `All ${families} Spot Instance Requests`,
  standard,
})

/**
 * EC2's vCPU quotas. On demand: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html (names and
 * defaults); codes and Spot: compiled facts, 2026-09, with the names that public listings show. Defaults of the Spot quotas
 * of X, F, Inf, Trn, DL, G and VT are not in either: 0, like their on-demand ones.
 */
export const VCPU_QUOTAS: readonly VcpuQuota[] = [
  { ...onDemand('L-1216C47A', 'Standard (A, C, D, H, I, M, R, T, Z)', 5), metricClass: 'Standard/OnDemand' },
  onDemand('L-F7808C92', 'HPC'),
  onDemand('L-417A185B', 'P'),
  onDemand('L-DB2E81BA', 'G and VT'),
  onDemand('L-7295265B', 'X'),
  onDemand('L-74FC7D96', 'F'),
  onDemand('L-1945791B', 'Inf'),
  onDemand('L-2C3B7624', 'Trn'),
  onDemand('L-6E869C2A', 'DL'),
  onDemand('L-43DA4232', 'High Memory'),
  spot('L-34B43A08', 'Standard (A, C, D, H, I, M, R, T, Z)', 5),
  spot('L-7212CCBC', 'P4, P3 and P2'),
  spot('L-C4BD4855', 'P5'),
  spot('L-3819A6DF', 'G and VT'),
  spot('L-6B0D517C', 'Trn'),
  spot('L-B5D1601B', 'Inf'),
  spot('L-E3A00192', 'X'),
  spot('L-88CF9481', 'F'),
  spot('L-85EED4F7', 'DL'),
]

export const quotaOf = (code: string): VcpuQuota | undefined => VCPU_QUOTAS.find((quota) => quota.code === code)

export const EC2 = { ServiceCode: 'ec2', ServiceName: 'Amazon Elastic Compute Cloud (Amazon EC2)' } as const
