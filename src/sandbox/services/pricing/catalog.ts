import { invalidParameter } from './input.ts'
import { products } from './product.ts'
import type { Product } from './priced-product.ts'
import { storageProducts } from './storage-product.ts'

/** What the price list knows of a service. */
export interface PricedService {
  readonly code: string
  readonly attributeNames: readonly string[]
  readonly products: readonly Product[]
}

/** EC2 and FSx, with their recorded prices. Throws InvalidParameterException for others. */
export function pricedService(code: string): PricedService {
  const found = pricedServices().find((one) => one.code === code)
  if (found === undefined)
    throw invalidParameter(`Service code is invalid: ${code} (the muster sandbox has AmazonEC2 and AmazonFSx)`)
  return found
}

export function pricedServices(): readonly PricedService[] {
  return [service('AmazonEC2', products()), service('AmazonFSx', storageProducts())]
}

function service(code: string, priced: readonly Product[]): PricedService {
  const names = new Set(priced.flatMap(({ fields }) => [...fields.keys()]))
  return { code, attributeNames: [...names].filter((name) => name !== 'sku').toSorted(), products: priced }
}
