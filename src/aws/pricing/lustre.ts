import { GetProductsCommand, type PricingClient } from '@aws-sdk/client-pricing'
import type { Price } from '../../core/cost/fleet-cost.ts'
import type { NewStorage } from '../../core/fleet/storage-spec.ts'
import { allPages } from '../pages.ts'
import type { Caller } from '../send.ts'
import { readProduct, ratesOf, type Product } from './product.ts'

/** Storage is priced by the month; AWS's own calculator takes a month for 730 hours (https://calculator.aws). */
const HOURS_PER_MONTH = 730

/**
 * What one GiB of Lustre on SSD costs an hour. The price list's attributes for it are in no public reference. As recorded of
 * us-west-2 on 2026-07-14, scratch has the usage type `USW2-Storage`, the throughput 'N/A' and the deployment option 'Single-AZ', and
 * what is persistent `USW2-Storage.SSD.<throughput>`; public cost estimators read a deployment option 'Persistent' as well (terracost's
 * fsx_lustre_file_system). So few attributes go into the query, and the rest is compared here: where nothing fits there is no
 * price, never a wrong one.
 */
export function lustrePrices({ send }: Pick<Caller<PricingClient>, 'send'>) {
  const asked = new Map<string, Promise<readonly Product[]>>()

  async function list(region: string): Promise<readonly Product[]> {
    const fields = { regionCode: region, fileSystemType: 'Lustre' }
    const Filters = Object.entries(fields).map(([Field, Value]) => ({ Type: 'TERM_MATCH' as const, Field, Value }))
    const documents = await allPages(async (NextToken) => {
      const input = { ServiceCode: 'AmazonFSx', FormatVersion: 'aws_v1', MaxResults: 100, Filters, NextToken }
      const page = await send(new GetProductsCommand(input))
      // Texts, or what the SDK makes of texts: its type does not say which.
      return { items: (page.PriceList ?? []) as readonly unknown[], next: page.NextToken }
    })
    return documents.map((text) => readProduct(String(text))).filter((one) => one !== null)
  }

  return async (
    deployment: NewStorage['deployment'],
    throughputPerTiB: number | null,
    region: string,
  ): Promise<Price | null> => {
    const listed = asked.get(region) ?? list(region)
    asked.set(region, listed)
    // A failure is not remembered.
    void listed.catch(() => asked.delete(region))
    const fitting = (await listed).filter((one) => fits(one, deployment, throughputPerTiB))
    // Should there be several, nobody is promised less than what it may cost.
    return fitting.flatMap(monthly).toSorted((a, b) => b.usdPerHour - a.usdPerHour)[0] ?? null
  }
}

function fits(
  { attributes, family }: Product,
  deployment: NewStorage['deployment'],
  throughput: number | null,
): boolean {
  const { deploymentOption = '', storageType = '', throughputCapacity = '', usagetype = '' } = attributes
  if (family !== 'Storage' || !/ssd/i.test(storageType) || /backup/i.test(usagetype)) return false
  const listed = Number.parseInt(throughputCapacity)
  // us-east-1 has usage types without a prefix.
  const isScratch = /scratch/i.test(deploymentOption) || (Number.isNaN(listed) && /(?:^|-)Storage$/.test(usagetype))
  if (deployment === 'SCRATCH_2') return isScratch
  // The two generations of persistent file systems have no throughput in common.
  const isPersistent = /persistent/i.test(deploymentOption) || /(?:^|-)Storage\.SSD\.\d+$/.test(usagetype)
  return isPersistent && listed === (throughput ?? 125)
}

function monthly(product: Product): Price[] {
  return ratesOf(product)
    .filter(({ unit }) => /^GB-?Mo/i.test(unit))
    .map(({ usd, asOf }) => ({ usdPerHour: usd / HOURS_PER_MONTH, asOf }))
}
