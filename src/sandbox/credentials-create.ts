import { randomBytes } from 'node:crypto'
import type { AccessKey, Credentials, Principal } from './credentials.ts'

/** The one user's key pair, as credentials.json keeps it. */
export interface UserKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

const SESSION_MS = 6 * 3_600_000
/** An instance keeps its session until so little of it is left, as IMDS rotates them. */
const ROTATE_MS = 60 * 60_000

/** The user's key and the sessions of instances. Sessions live in memory: instances do not outlive the sandbox either. */
export function createCredentials(account: string, user: UserKey, now: () => number = Date.now): Credentials {
  const keys = new Map<string, AccessKey>()
  const sessions = new Map<string, AccessKey>()
  const principal: Principal = {
    account,
    arn: `arn:aws:iam::${account}:user/sandbox`,
    userId: `AIDA${user.accessKeyId.slice(4)}`,
    instanceId: null,
  }
  keys.set(user.accessKeyId, { ...user, sessionToken: null, expiresAt: null, principal })
  return {
    find: (accessKeyId) => keys.get(accessKeyId),
    user: principal,
    forUser(owner) {
      const key = { ...newUserKey(), sessionToken: null, expiresAt: null, principal: owner }
      keys.set(key.accessKeyId, key)
      return key
    },
    revoke: (accessKeyId) => {
      keys.delete(accessKeyId)
    },
    forSession(caller, seconds) {
      const session = newSession(caller, now(), seconds * 1000)
      keys.set(session.accessKeyId, session)
      return session
    },
    forInstance(instanceId, roleName, roleId = `AROA${idOf(roleName)}`) {
      const slot = `${instanceId}/${roleName}/${roleId}`
      const kept = sessions.get(slot)
      if (kept?.expiresAt != null && kept.expiresAt - now() > ROTATE_MS) return kept
      for (const [id, key] of keys) if (key.expiresAt !== null && key.expiresAt < now() - SESSION_MS) keys.delete(id)
      const session = roleSession(account, instanceId, { name: roleName, id: roleId }, now() + SESSION_MS)
      keys.set(session.accessKeyId, session)
      sessions.set(slot, session)
      return session
    },
  }
}

/** A key pair shaped like AWS's: AKIA and sixteen of A-Z2-7, a secret of forty characters of base64. */
export function newUserKey(): UserKey {
  return { accessKeyId: `AKIA${base32(16)}`, secretAccessKey: newSecret() }
}

function roleSession(
  account: string,
  instanceId: string,
  role: { readonly name: string; readonly id: string },
  expiresAt: number,
): AccessKey {
  return {
    accessKeyId: `ASIA${base32(16)}`,
    secretAccessKey: newSecret(),
    sessionToken: randomBytes(240).toString('base64'),
    expiresAt,
    principal: {
      account,
      arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${instanceId}`,
      userId: `${role.id}:${instanceId}`,
      instanceId,
    },
  }
}

function newSession(principal: Principal, now: number, ms: number): AccessKey {
  return {
    accessKeyId: `ASIA${base32(16)}`,
    secretAccessKey: newSecret(),
    sessionToken: randomBytes(240).toString('base64'),
    expiresAt: now + ms,
    issuedAt: performance.now(),
    principal,
  }
}

function newSecret(): string {
  return randomBytes(30).toString('base64')
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function base32(length: number): string {
  return Array.from(randomBytes(length), (byte) => LETTERS[byte % 32]).join('')
}

/** The same role has the same id whenever it is asked. */
function idOf(roleName: string): string {
  const bytes = Buffer.from(roleName.padEnd(16, 'muster').slice(0, 16))
  return Array.from(bytes, (byte) => LETTERS[byte % 32]).join('')
}
