import type { Purchase } from '../core/capacity/rung.ts'

/** How much the account may have at once. */
export interface Quotas {
  /**
   * The quota that running instances of the type count against when they are bought that way. Null where none is known: the
   * type's family has no quota of vCPUs, or what is reserved counts already. Throws MusterError where it cannot be asked; no
   * command may fail for that (`app/fleet/check-quota.ts`).
   */
  vcpus(instanceType: string, purchase: Purchase): Promise<VcpuQuota | null>
}

export interface VcpuQuota {
  /** `L-F7808C92`, as `aws service-quotas` takes it. */
  readonly code: string
  /** AWS's own name of it: `Running On-Demand HPC instances`. */
  readonly name: string
  /** vCPUs; null where the cloud does not say. */
  readonly limit: number | null
  /** vCPUs of the account's instances in the region that count against it now; null where the cloud does not say. */
  readonly used: number | null
}
