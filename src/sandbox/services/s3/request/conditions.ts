import type { ObjectRecord } from '../store/records.ts'
import { s3Errors } from '../errors.ts'

type Headers = Readonly<Record<string, string | undefined>>

/**
 * If-Match and its kin for reading, in RFC 9110's order: a true If-Match lets If-Unmodified-Since pass, a true If-None-Match
 * outweighs If-Modified-Since. With `prefix` the same for the source of a copy, where 304 becomes 412. Throws AwsError.
 */
export function demandConditions(headers: Headers, object: ObjectRecord, prefix: '' | 'x-amz-copy-source-' = ''): void {
  const of = (name: string): string | undefined => headers[`${prefix}${name}`]
  const seconds = Math.floor(object.modified / 1000) * 1000
  const unchanged = (name: string) => (prefix === '' ? s3Errors.notModified() : s3Errors.preconditionFailed(name))
  const match = of('if-match')
  const unmodified = date(of('if-unmodified-since'))
  if (match !== undefined) {
    if (!matches(match, object.etag)) throw s3Errors.preconditionFailed('If-Match')
  } else if (unmodified !== undefined && seconds > unmodified) throw s3Errors.preconditionFailed('If-Unmodified-Since')
  const none = of('if-none-match')
  const modified = date(of('if-modified-since'))
  if (none !== undefined) {
    if (matches(none, object.etag)) throw unchanged('If-None-Match')
  } else if (modified !== undefined && seconds <= modified) throw unchanged('If-Modified-Since')
}

/**
 * If-Match and If-None-Match for writing: of the latter S3 takes `*` only, and not both (aws/aws-sdk-ruby#3144,
 * versity/versitygw#1727). Throws AwsError.
 */
export function demandWriteConditions(headers: Headers, old: ObjectRecord | undefined, key: string): void {
  const none = headers['if-none-match']
  const match = headers['if-match']
  if (none !== undefined && (none !== '*' || match !== undefined)) throw s3Errors.headerNotImplemented('If-None-Match')
  if (none !== undefined && old !== undefined) throw s3Errors.preconditionFailed('If-None-Match')
  if (match === undefined) return
  if (old === undefined) throw s3Errors.noSuchKey(key)
  if (!matches(match, old.etag)) throw s3Errors.preconditionFailed('If-Match')
}

function matches(list: string, etag: string): boolean {
  return list.split(',').some((each) => {
    const one = each.trim().replace(/^W\//, '')
    return one === '*' || one.replace(/^"(.*)"$/, '$1') === etag
  })
}

function date(text: string | undefined): number | undefined {
  const ms = Date.parse(text ?? '')
  return Number.isNaN(ms) ? undefined : ms
}
