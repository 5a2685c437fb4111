import { count } from '../../kit/count.ts'

/** A quota that a launch counts against, as a plan tells it. */
export interface QuotaSummary {
  readonly code: string
  readonly name: string
  readonly limit: number | null
  readonly used: number | null
  readonly asked: number
}

/** `quota L-F7808C92  256 vCPUs asked, 1000 of 1064 left (Running On-Demand HPC instances)`. */
export function quotaFacts(quotas: readonly QuotaSummary[]): [string, string][] {
  return quotas.map(({ code, name, limit, used, asked }) => {
    const left = limit === null || used === null ? 'how many are left is unknown' : `${limit - used} of ${limit} left`
    return [`quota ${code}`, `${count(asked, 'vCPU')} asked, ${left} (${name})`]
  })
}
