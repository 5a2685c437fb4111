import { invalidValue } from '../errors.ts'

/** Tags that IMDS shows are paths there, so EC2 refuses keys that could not be. */
export function refuseMetadataTags(keys: Iterable<string>): void {
  for (const key of keys)
    if (!/^[0-9a-zA-Z\-_+=,.@:]{1,255}$/.test(key) || ['.', '..', '_index'].includes(key))
      throw invalidValue(
        String.raw`'${key}' is not a valid tag key. Tag keys must match pattern ([0-9a-zA-Z\\-_+=,.@:]{1,255}), and must not be a reserved name ('.', '..', '_index')`,
      )
}
