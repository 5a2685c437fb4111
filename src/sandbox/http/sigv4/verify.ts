import { timingSafeEqual } from 'node:crypto'
import type { AccessKey, Credentials } from '../../credentials.ts'
import { Refused } from '../../protocol/refusal.ts'
import type { Incoming } from '../incoming.ts'
import type { Authorization } from './authorization.ts'
import { canonicalRequest, sha256, sign, stringToSign } from './canonical.ts'

const SKEW_MS = 15 * 60_000

/**
 * Checks key, token, time and signature. `payloadHash` is what the caller signed for the body: its SHA-256 in hex, or one of
 * S3's words such as UNSIGNED-PAYLOAD. Throws Refused. The key returned has signed exactly this request.
 */
export function verify(
  request: Incoming,
  auth: Authorization,
  payloadHash: string,
  credentials: Credentials,
  now: number,
): AccessKey {
  const key = credentials.find(auth.accessKeyId)
  if (key === undefined) throw new Refused({ kind: 'unknown-key', accessKeyId: auth.accessKeyId })
  demandTime(auth, now)
  const canonical = canonicalRequest(request, auth, payloadHash)
  const text = stringToSign(auth, 'AWS4-HMAC-SHA256', sha256(canonical))
  if (!same(sign(key.secretAccessKey, auth, text), auth.signature))
    throw new Refused({
      kind: 'wrong-signature',
      accessKeyId: auth.accessKeyId,
      canonicalRequest: canonical,
      stringToSign: text,
      signature: auth.signature,
    })
  demandToken(key, auth.token, now)
  return key
}

function demandTime(auth: Authorization, now: number): void {
  if (auth.expiresMs !== undefined) {
    const expiredAt = auth.signedAt + auth.expiresMs
    if (now > expiredAt) throw new Refused({ kind: 'expired-request', expiredAt, now })
    if (auth.signedAt > now + SKEW_MS) throw new Refused({ kind: 'skewed', signedAt: auth.signedAt, now })
  } else if (Math.abs(now - auth.signedAt) > SKEW_MS)
    throw new Refused({ kind: 'skewed', signedAt: auth.signedAt, now })
}

/** Session keys come with their token, others without any, and not after their time. Throws Refused. */
export function demandToken(key: AccessKey, token: string | undefined, now: number): void {
  if (key.sessionToken !== null && !same(key.sessionToken, token ?? '')) throw new Refused({ kind: 'wrong-token' })
  if (key.sessionToken === null && token !== undefined && token !== '') throw new Refused({ kind: 'wrong-token' })
  if (key.expiresAt !== null && now >= key.expiresAt) throw new Refused({ kind: 'expired-token' })
}

export function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
