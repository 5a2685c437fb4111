import type { Service } from '../../service.ts'
import type { World } from '../../world.ts'
import { getCallerIdentity } from './get-caller-identity.ts'
import { getSessionToken } from './get-session-token.ts'

/** STS: who is calling, and a session for them. https://docs.aws.amazon.com/STS/latest/APIReference/ (compiled facts, 2026-09). */
export function createSts(world: World): Service {
  const operations = [getCallerIdentity, getSessionToken(world.credentials)]
  return {
    name: 'sts',
    protocol: { kind: 'query', version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' },
    operations: new Map(operations.map((operation) => [operation.name, operation])),
  }
}
