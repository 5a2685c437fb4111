import { createHash } from 'node:crypto'

/**
 * An idempotency token of 48 hex characters (AWS allows 64 ASCII for EC2 and 63 for FSx): the same parts give the same
 * token, so that a repeated call after a crash finds what the first one made.
 */
export function token(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 48)
}
