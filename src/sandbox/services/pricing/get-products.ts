import { exhaustive } from '../../../kit/exhaustive.ts'
import { pageOf } from '../json/page.ts'
import { integer, listOf, members, oneOf, text } from '../json/shape.ts'
import type { Read } from '../json/shape.ts'
import { pricedService } from './catalog.ts'
import { badToken, FORMAT, operation, refuseFormat } from './input.ts'
import type { Product } from './priced-product.ts'

const FILTER = members(
  {
    Type: oneOf('TERM_MATCH', 'EQUALS', 'CONTAINS', 'ANY_OF', 'NONE_OF'),
    Field: text({ min: 1, max: 1024 }),
    Value: text({ min: 1, max: 1024 }),
  },
  {},
)

const shape = members(
  { ServiceCode: text() },
  {
    Filters: listOf(FILTER, { min: 0, max: 50 }),
    FormatVersion: FORMAT,
    NextToken: text(),
    MaxResults: integer({ most: 100, least: 1 }),
  },
)

/** Products that fit every filter, each as a JSON text. What has no recorded price is not there, as what AWS does not sell. */
export const getProducts = operation('GetProducts', shape, (input) => {
  refuseFormat(input.FormatVersion)
  const { code, products } = pricedService(input.ServiceCode)
  const found = products.filter((product) => (input.Filters ?? []).every((filter) => fits(product, code, filter)))
  const page = pageOf(found, ({ sku }) => sku, input.MaxResults ?? 100, input.NextToken, badToken)
  return {
    FormatVersion: 'aws_v1',
    PriceList: page.items.map(({ document }) => JSON.stringify(document)),
    NextToken: page.nextToken,
  }
})

function fits({ fields }: Product, code: string, { Type, Field, Value }: Read<typeof FILTER>): boolean {
  const actual = Field === 'ServiceCode' ? code : fields.get(Field)
  // A comma separates values, for the types that take several.
  const values = Value.split(',').map((value) => value.trim())
  switch (Type) {
    case 'TERM_MATCH':
    case 'EQUALS':
      return actual === Value
    case 'CONTAINS':
      return actual?.includes(Value) ?? false
    case 'ANY_OF':
      return actual !== undefined && values.includes(actual)
    case 'NONE_OF':
      return actual === undefined || !values.includes(actual)
    default:
      return exhaustive(Type)
  }
}
