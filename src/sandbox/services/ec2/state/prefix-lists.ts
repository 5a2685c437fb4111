import { stableId } from './resource.ts'

/** A service's own address ranges, as routes and security groups name them. */
export interface PrefixList {
  readonly id: string
  readonly name: string
  readonly cidrs: readonly string[]
}

/** Services that gateway endpoints lead to. The ranges are AWS's of us-east-1 (ip-ranges.json, in part): only that there are some counts. */
const RANGES: Readonly<Record<string, readonly string[]>> = {
  s3: ['3.5.0.0/19', '18.34.0.0/19', '52.216.0.0/15', '54.231.0.0/16'],
  dynamodb: ['3.218.180.0/22', '52.94.0.0/22', '52.119.224.0/20'],
}

export function prefixLists(region: string): readonly PrefixList[] {
  return Object.entries(RANGES).map(([service, cidrs]) => {
    const name = `com.amazonaws.${region}.${service}`
    // AWS's prefix lists of services have short ids, such as pl-63a5400a.
    return { id: stableId('pl-', name).slice(0, 'pl-'.length + 8), name, cidrs }
  })
}

export const prefixListOf = (region: string, serviceName: string): PrefixList | undefined =>
  prefixLists(region).find(({ name }) => name === serviceName)
