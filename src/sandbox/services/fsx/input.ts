import { AwsError } from '../../aws-error.ts'
import { listOf, members, readRequest, text } from '../json/shape.ts'
import type { Read, Shape } from '../json/shape.ts'

/** Shapes that several of FSx's operations share (limits from the service model, fsx 2018-03-01). */
export const FILE_SYSTEM_ID = text({ max: 21, min: 11, pattern: /^(fs-[0-9a-f]{8,})$/ })
export const TOKEN = text({ max: 63, min: 1, pattern: /^[A-za-z0-9_.-]{0,63}$/ })
export const RESOURCE_ARN = text({ max: 512, min: 8, pattern: /^arn:/ })
export const TAG_KEY = text({ max: 128, min: 1, pattern: /^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$/u })
export const TAGS = listOf(
  members({ Key: TAG_KEY, Value: text({ max: 256, min: 0, pattern: /^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$/u }) }, {}),
  { max: 50, min: 1 },
)
export const PAGE_TOKEN = text({
  max: 255,
  min: 1,
  pattern: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
})

/** Reads a request; FSx says BadRequest where other services say ValidationException. */
export function read<T>(shape: Shape<T>, input: unknown): T {
  return readRequest(shape, input, 'BadRequest')
}

export const badRequest = (message: string): AwsError => new AwsError('BadRequest', message)
export const badToken = (): AwsError => badRequest('The NextToken is not valid.')

/** Throws BadRequest for keys that AWS keeps to itself, that are there twice, or that are too many. */
export function addTags(to: Map<string, string>, tags: Read<typeof TAGS>): void {
  const keys = tags.map(({ Key }) => Key)
  const reserved = keys.find((key) => key.toLowerCase().startsWith('aws:'))
  if (reserved !== undefined) throw badRequest(`The tag key ${reserved} is reserved: keys must not begin with aws:.`)
  if (new Set(keys).size < keys.length) throw badRequest('A tag key is given more than once.')
  if (new Set([...to.keys(), ...keys]).size > 50) throw badRequest('A resource has at most 50 tags.')
  for (const { Key, Value } of tags) to.set(Key, Value)
}
