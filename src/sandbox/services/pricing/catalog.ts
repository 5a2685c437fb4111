import { invalidParameter } from './input.ts'
import { products } from './product.ts'
import type { Product } from './product.ts'

/** What the price list knows of a service. */
export interface PricedService {
  readonly code: string
  readonly attributeNames: readonly string[]
  readonly products: readonly Product[]
}

/** EC2 with its recorded prices; FSx without any, since none is recorded. Throws InvalidParameterException for others. */
export function pricedService(code: string): PricedService {
  const found = pricedServices().find((service) => service.code === code)
  if (found === undefined)
    throw invalidParameter(`Service code is invalid: ${code} (the muster sandbox has AmazonEC2 and AmazonFSx)`)
  return found
}

export function pricedServices(): readonly PricedService[] {
  const ec2 = products()
  const names = [...new Set(ec2.flatMap(({ fields }) => [...fields.keys()]))]
    .filter((name) => name !== 'sku')
    .toSorted()
  return [
    { code: 'AmazonEC2', attributeNames: names, products: ec2 },
    {
      code: 'AmazonFSx',
      attributeNames: ['location', 'locationType', 'productFamily', 'regionCode', 'servicecode'],
      products: [],
    },
  ]
}
