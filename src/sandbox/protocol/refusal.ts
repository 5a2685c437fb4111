/** Why a caller was not let in, in no protocol's words yet. */
export type Refusal =
  | { readonly kind: 'unsigned' }
  /** Signed in another way than SigV4, such as the SigV2 of an Authorization header. */
  | { readonly kind: 'other-signature' }
  /** An Authorization header or presigned query that cannot be read. */
  | { readonly kind: 'malformed'; readonly detail: string }
  | { readonly kind: 'unknown-key'; readonly accessKeyId: string }
  | {
      readonly kind: 'wrong-signature'
      readonly accessKeyId: string
      readonly canonicalRequest: string
      readonly stringToSign: string
      readonly signature: string
    }
  /** The session token is not the one that belongs to the key. */
  | { readonly kind: 'wrong-token' }
  | { readonly kind: 'expired-token' }
  /** The caller's clock is off; times in milliseconds since the epoch. */
  | { readonly kind: 'skewed'; readonly signedAt: number; readonly now: number }
  /** A presigned URL that is past its time. */
  | { readonly kind: 'expired-request'; readonly expiredAt: number; readonly now: number }

/** Carries a refusal up to where the protocol is known. */
export class Refused extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(`refused: ${refusal.kind}`)
    this.name = 'Refused'
    this.refusal = refusal
  }
}
