import { instanceTypes } from '../ec2/state/instance-types.ts'
import type { InstanceType } from '../ec2/state/instance-types.ts'
import { priced } from './priced-product.ts'
import type { Product } from './priced-product.ts'
import { recordedPrices } from './prices.ts'
import type { RecordedPrices } from './prices.ts'

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
  const name = type.InstanceType
  return priced({
    serviceCode: 'AmazonEC2',
    productFamily: 'Compute Instance',
    seed: [regionCode, name],
    attributes: attributesOf(type, regionCode),
    price,
    unit,
    currency,
    recordedAt,
    describe: (dollars) => `$${dollars} per On Demand Linux ${name} Instance Hour`,
  })
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
