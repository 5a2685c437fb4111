import { createHash } from 'node:crypto'
import { instanceTypes } from '../ec2/state/instance-types.ts'
import type { InstanceType } from '../ec2/state/instance-types.ts'
import { recordedPrices } from './prices.ts'
import type { RecordedPrices } from './prices.ts'

/** One product of the price list: what filters look at, and the document that goes out. */
export interface Product {
  readonly sku: string
  readonly fields: ReadonlyMap<string, string>
  readonly document: object
}

/** AWS's codes of the on-demand term and of its hourly rate: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html and public answers. */
const TERM = 'JRTCKXETXF'
const RATE = '6YS6EN2CT7'

/** All products that there are: Linux, shared tenancy, on demand, of the types with a recorded price. */
export function products(): readonly Product[] {
  made ??= Object.entries(recordedPrices().onDemandLinux).flatMap(([name, price]) => {
    const type = instanceTypes().get(name)
    return type === undefined ? [] : [product(type, price, recordedPrices())]
  })
  return made
}

let made: readonly Product[] | undefined

function product(
  type: InstanceType,
  price: string,
  { regionCode, recordedAt, unit, currency }: RecordedPrices,
): Product {
  const sku = skuOf(regionCode, type.InstanceType)
  const attributes = attributesOf(type, regionCode)
  const offer = `${sku}.${TERM}`
  const dollars = Number(price).toFixed(10)
  const dimension = {
    unit,
    endRange: 'Inf',
    description: `$${dollars.replace(/\.?0+$/, '')} per On Demand Linux ${type.InstanceType} Instance Hour`,
    appliesTo: [],
    rateCode: `${offer}.${RATE}`,
    beginRange: '0',
    pricePerUnit: { [currency]: dollars },
  }
  const term = {
    priceDimensions: { [`${offer}.${RATE}`]: dimension },
    sku,
    effectiveDate: `${recordedAt}T00:00:00Z`,
    offerTermCode: TERM,
    termAttributes: {},
  }
  const productFamily = 'Compute Instance'
  return {
    sku,
    fields: new Map([
      ...Object.entries(attributes),
      ['productFamily', productFamily],
      ['sku', sku],
      ['termType', 'OnDemand'],
    ]),
    document: {
      product: { productFamily, attributes, sku },
      serviceCode: 'AmazonEC2',
      terms: { OnDemand: { [offer]: term } },
      version: `${recordedAt.replaceAll('-', '')}000000`,
      publicationDate: `${recordedAt}T00:00:00Z`,
    },
  }
}

/** Those of AWS's attributes that are known here; the rest is left out, not invented. */
function attributesOf(type: InstanceType, regionCode: string): Readonly<Record<string, string>> {
  const { MemoryInfo, InstanceStorageInfo, GpuInfo, NetworkInfo, CurrentGeneration } = type as InstanceType & Known
  const disks = InstanceStorageInfo?.Disks ?? []
  const gpus = (GpuInfo?.Gpus ?? []).reduce((sum, { Count }) => sum + Count, 0)
  return {
    servicecode: 'AmazonEC2',
    servicename: 'Amazon Elastic Compute Cloud',
    location: LOCATIONS[regionCode] ?? '',
    locationType: 'AWS Region',
    regionCode,
    instanceType: type.InstanceType,
    currentGeneration: CurrentGeneration ? 'Yes' : 'No',
    vcpu: String(type.VCpuInfo.DefaultVCpus),
    memory: `${MemoryInfo.SizeInMiB / 1024} GiB`,
    storage:
      disks.length === 0 ? 'EBS only' : disks.map((disk) => `${disk.Count} x ${disk.SizeInGB} NVMe SSD`).join(', '),
    networkPerformance: NetworkInfo.NetworkPerformance,
    ...(gpus === 0 ? {} : { gpu: String(gpus) }),
    processorArchitecture: '64-bit',
    tenancy: 'Shared',
    operatingSystem: 'Linux',
    licenseModel: 'No License required',
    preInstalledSw: 'NA',
    capacitystatus: 'Used',
    marketoption: 'OnDemand',
    availabilityzone: 'NA',
    usagetype: `BoxUsage:${type.InstanceType}`,
    operation: 'RunInstances',
  }
}

interface Known {
  readonly MemoryInfo: { readonly SizeInMiB: number }
  readonly InstanceStorageInfo?: { readonly Disks?: readonly { readonly Count: number; readonly SizeInGB: number }[] }
  readonly GpuInfo?: { readonly Gpus?: readonly { readonly Count: number }[] }
  readonly NetworkInfo: InstanceType['NetworkInfo'] & { readonly NetworkPerformance: string }
  readonly CurrentGeneration: boolean
}

const LOCATIONS: Readonly<Record<string, string>> = { 'us-east-1': 'US East (N. Virginia)' }

/** Shaped like AWS's, and the same in every run; AWS's own is another. */
function skuOf(...parts: readonly string[]): string {
  const digest = createHash('sha256').update(parts.join(' ')).digest()
  return Array.from(digest.subarray(0, 16), (byte) => LETTERS[byte % LETTERS.length]).join('')
}

const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
