/** Who we are in the cloud and where. */
export interface Identity {
  /** Throws CredentialsMissing or CredentialsRefused. */
  whoAmI(): Promise<{ readonly account: string; readonly arn: string; readonly region: string }>
}
