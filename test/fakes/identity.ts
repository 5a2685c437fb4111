import type { Identity } from '../../src/ports/identity.ts'
import { scriptable, type Scriptable } from './scriptable.ts'

export type FakeIdentity = Identity & Scriptable<Identity>

/** Somebody with an account and a region. */
export function fakeIdentity(region = 'us-east-1', account = '000000000000'): FakeIdentity {
  const identity: Identity = {
    whoAmI: async () => ({ account, arn: `arn:aws:iam::${account}:user/tester`, region }),
    expiresAt: async () => null,
  }
  return scriptable(identity, ['whoAmI', 'expiresAt'])
}
