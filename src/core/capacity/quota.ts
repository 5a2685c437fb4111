import { MusterError } from '../errors/muster-error.ts'
import type { Purchase } from './rung.ts'

/** A quota of vCPUs held against one launch. A number that the cloud does not tell is null. */
export interface QuotaCheck {
  /** `L-F7808C92`. */
  readonly code: string
  /** AWS's own name of it: `Running On-Demand HPC instances`. */
  readonly name: string
  readonly limit: number | null
  readonly used: number | null
  /** vCPUs of the launch. */
  readonly asked: number
}

/** What is launched. */
export interface QuotaUse {
  readonly instanceType: string
  readonly purchase: Purchase
  readonly count: number
}

/** vCPUs that are free before the launch; null where it is not known. Never below 0: quotas can be lowered below their use. */
export function quotaLeft({ limit, used }: QuotaCheck): number | null {
  return limit === null || used === null ? null : Math.max(0, limit - used)
}

/** Unknown is enough: the cloud itself refuses what is too much. */
export function isEnough(check: QuotaCheck): boolean {
  const left = quotaLeft(check)
  return left === null || check.asked <= left
}

/** The command that asks AWS for as much as the launch needs. */
export function moreQuota({ code, used, asked }: QuotaCheck, region: string): string {
  const desired = (used ?? 0) + asked
  return `aws service-quotas request-service-quota-increase --region ${region} --service-code ec2 --quota-code ${code} --desired-value ${desired}`
}

/** What a launch is refused with that is more than the quota allows. */
export function quotaExceeded(
  check: QuotaCheck,
  { instanceType, purchase, count }: QuotaUse,
  region: string,
): MusterError {
  const { code, name, limit, used, asked } = check
  const most = Math.floor(((quotaLeft(check) ?? 0) * count) / asked)
  const more = moreQuota(check, region)
  return new MusterError(
    'QuotaExceeded',
    `${count} x ${instanceType} (${purchase}) need ${asked} vCPUs, but the quota '${name}' (${code}) allows ${limit} in ${region}, of which ${used} are used`,
    {
      suggestions: most > 0 ? [more, `set 'nodes: ${most}' for the fleet in muster.yaml`] : [more],
      data: { quotaCode: code, quotaName: name, limit, used, asked, instanceType, purchase, count, region },
    },
  )
}
