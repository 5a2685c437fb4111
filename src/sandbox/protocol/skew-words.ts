import type { Refusal } from './refusal.ts'

/** AWS's sentence for a signature from another time: `Signature expired: A is now earlier than B (C - 15 min.)`. */
export function skewWords(refusal: Extract<Refusal, { kind: 'skewed' }>): string {
  const { signedAt, now } = refusal
  const edge = 15 * 60_000
  return signedAt < now
    ? `Signature expired: ${basicDate(signedAt)} is now earlier than ${basicDate(now - edge)} (${basicDate(now)} - 15 min.)`
    : `Signature not yet current: ${basicDate(signedAt)} is still later than ${basicDate(now + edge)} (${basicDate(now)} + 15 min.)`
}

/** `20150830T123600Z`. */
export function basicDate(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '')
}
