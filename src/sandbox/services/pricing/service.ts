import type { Service } from '../../service.ts'
import type { World } from '../../world.ts'
import { describeServices } from './describe-services.ts'
import { getAttributeValues } from './get-attribute-values.ts'
import { getProducts } from './get-products.ts'

/** The Price List API, over the prices that were recorded and no others. Keeps no state. See BEHAVIOUR.md. */
export function createPricing(_world: World): Service {
  const operations = [describeServices, getAttributeValues, getProducts]
  return {
    name: 'pricing',
    protocol: { kind: 'json', jsonVersion: '1.1', targetPrefix: 'AWSPriceListService' },
    operations: new Map(operations.map((operation) => [operation.name, operation])),
  }
}
