/** Who signed a request. */
export interface Principal {
  readonly account: string
  /** `arn:aws:iam::000000000000:user/sandbox` or an assumed role's. */
  readonly arn: string
  readonly userId: string
  /** Set where the caller is an instance using its role. */
  readonly instanceId: string | null
}

export interface AccessKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Role sessions have one; every request must carry it. */
  readonly sessionToken: string | null
  /** Milliseconds since the epoch; null never expires. */
  readonly expiresAt: number | null
  /** When it was given out, on this process's own clock (`performance.now`); nothing where it was there from the start. */
  readonly issuedAt?: number
  readonly principal: Principal
}

/** All keys that the sandbox accepts. Anybody on this machine can reach the port, so a wrong signature must be refused. */
export interface Credentials {
  find(accessKeyId: string): AccessKey | undefined
  /** The account's one user. */
  readonly user: Principal
  /** A long-lived key of a user. */
  forUser(principal: Principal): AccessKey
  /** The key is known no more. */
  revoke(accessKeyId: string): void
  /** A session of whoever calls, as GetSessionToken gives it out. */
  forSession(principal: Principal, seconds: number): AccessKey
  /** A fresh session of the role for one instance, as IMDS hands it out. The session's user id begins with the role's id where it is given. */
  forInstance(instanceId: string, roleName: string, roleId?: string): AccessKey
}
