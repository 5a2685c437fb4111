import type { Purchase } from '../../src/core/capacity/rung.ts'
import type { Quotas, VcpuQuota } from '../../src/ports/quotas.ts'
import { scriptable, type Scriptable } from './scriptable.ts'

/** What runs in the fake cloud, with the vCPUs of each. */
type Running = () => readonly { readonly instanceType: string; readonly purchase: string; readonly vcpus: number }[]

/** Room for everything until a test says otherwise; what runs counts against it. */
export interface FakeQuotas extends Quotas, Scriptable<Quotas> {
  /** Sets the limit of the quota with this code; null is one that the cloud does not tell. */
  limit(code: string, vcpus: number | null): void
}

export function fakeQuotas(running: Running): FakeQuotas {
  const limits = new Map<string, number | null>()
  const quotas = {
    async vcpus(instanceType: string, purchase: Purchase): Promise<VcpuQuota | null> {
      const known = quotaOf(instanceType, purchase)
      if (known === null) return null
      const limit = limits.get(known.code)
      const counted = running().filter((one) => quotaOf(one.instanceType, one.purchase)?.code === known.code)
      const used = counted.reduce((sum, one) => sum + one.vcpus, 0)
      return { ...known, limit: limit === undefined ? 100_000 : limit, used }
    },
    limit: (code: string, vcpus: number | null) => void limits.set(code, vcpus),
  }
  return scriptable<Quotas>(quotas, ['vcpus']) as FakeQuotas
}

function quotaOf(instanceType: string, purchase: string): Pick<VcpuQuota, 'code' | 'name'> | null {
  if (purchase === 'capacity-block' || purchase === 'reservation') return null
  if (purchase === 'spot')
    return { code: 'L-34B43A08', name: 'All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests' }
  if (instanceType.startsWith('hpc')) return { code: 'L-F7808C92', name: 'Running On-Demand HPC instances' }
  return { code: 'L-1216C47A', name: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances' }
}
