/** Who we are in the cloud and where. */
export interface Identity {
  /** Throws CredentialsMissing or CredentialsRefused. */
  whoAmI(): Promise<{ readonly account: string; readonly arn: string; readonly region: string }>
  /** When our credentials end, in milliseconds since the epoch; null where they do not, or nobody knows. */
  expiresAt(): Promise<number | null>
}
