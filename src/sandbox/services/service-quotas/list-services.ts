import { members } from '../json/shape.ts'
import { operation, page, PAGING } from './input.ts'
import { EC2 } from './quotas.ts'

/** The services that have quotas here. */
export const listServices = operation('ListServices', members({}, PAGING), (input) => {
  const { items, nextToken } = page([EC2], ({ ServiceCode }) => ServiceCode, input)
  return { Services: items, NextToken: nextToken }
})
