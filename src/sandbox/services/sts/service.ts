import type { Service } from '../../service.ts'
import type { World } from '../../world.ts'
import { getCallerIdentity } from './get-caller-identity.ts'

/** STS: who is calling. https://docs.aws.amazon.com/STS/latest/APIReference/ (compiled facts, 2026-09). */
export function createSts(_world: World): Service {
  const operations = [getCallerIdentity]
  return {
    name: 'sts',
    protocol: { kind: 'query', version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' },
    operations: new Map(operations.map((operation) => [operation.name, operation])),
  }
}
