import { pageOf } from '../json/page.ts'
import { integer, members, text } from '../json/shape.ts'
import { pricedService } from './catalog.ts'
import { badToken, invalidParameter, operation } from './input.ts'

const shape = members(
  { ServiceCode: text(), AttributeName: text() },
  { NextToken: text(), MaxResults: integer({ most: 10_000, least: 1 }) },
)

/** The values that the recorded products have, sorted. */
export const getAttributeValues = operation('GetAttributeValues', shape, (input) => {
  const { attributeNames, products } = pricedService(input.ServiceCode)
  if (!attributeNames.includes(input.AttributeName))
    throw invalidParameter(`Invalid AttributeName ${input.AttributeName} for the service code ${input.ServiceCode}`)
  const values = new Set(products.flatMap(({ fields }) => fields.get(input.AttributeName) ?? []))
  const page = pageOf([...values].toSorted(), (value) => value, input.MaxResults ?? 100, input.NextToken, badToken)
  return { AttributeValues: page.items.map((Value) => ({ Value })), NextToken: page.nextToken }
})
