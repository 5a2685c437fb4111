import { pageOf } from '../json/page.ts'
import { integer, members, text } from '../json/shape.ts'
import { pricedService, pricedServices } from './catalog.ts'
import { badToken, FORMAT, operation, refuseFormat } from './input.ts'

const shape = members(
  {},
  { ServiceCode: text(), FormatVersion: FORMAT, NextToken: text(), MaxResults: integer({ most: 100, least: 1 }) },
)

/** The services that have a price list here, with the names by which their products can be filtered. */
export const describeServices = operation('DescribeServices', shape, (input) => {
  refuseFormat(input.FormatVersion)
  const services = input.ServiceCode === undefined ? pricedServices() : [pricedService(input.ServiceCode)]
  const page = pageOf(services, ({ code }) => code, input.MaxResults ?? 100, input.NextToken, badToken)
  return {
    Services: page.items.map(({ code, attributeNames }) => ({ ServiceCode: code, AttributeNames: attributeNames })),
    FormatVersion: 'aws_v1',
    NextToken: page.nextToken,
  }
})
