import type { Access } from '../ports/access.ts'
import type { Compute } from '../ports/compute.ts'
import type { Identity } from '../ports/identity.ts'
import type { Network } from '../ports/network.ts'
import type { ObjectStore } from '../ports/object-store.ts'
import type { Prices } from '../ports/prices.ts'
import type { Images } from '../ports/images.ts'
import type { Quotas } from '../ports/quotas.ts'
import type { RemoteExec } from '../ports/remote-exec.ts'
import type { RemoteShell } from '../ports/remote-shell.ts'
import type { Storage } from '../ports/storage.ts'
import { lazyPort } from '../kit/lazy-port.ts'
import type { AwsSettings } from './settings.ts'

export type { AwsSettings } from './settings.ts'

/** All ports that AWS stands behind. */
export interface AwsPorts {
  readonly compute: Compute
  readonly storage: Storage
  readonly remote: RemoteExec
  readonly shell: RemoteShell
  readonly objects: ObjectStore
  readonly identity: Identity
  readonly prices: Prices
  readonly quotas: Quotas
  readonly images: Images
  readonly network: Network
  readonly access: Access
}

/**
 * The ports over AWS's APIs, at AWS or at any endpoint that speaks its protocols. Nothing is loaded or called yet: each
 * service's part of the SDK is loaded at its first use.
 */
export function connectAws(settings: AwsSettings): AwsPorts {
  const identity = lazyPort<Identity>(
    async () => (await import('./sts/identity.ts')).connectIdentity(settings),
    ['whoAmI', 'expiresAt'],
  )
  return {
    identity,
    network: lazyPort<Network>(
      async () => (await import('./ec2/account-network.ts')).connectNetwork(settings),
      ['observe', 'make', 'remove'],
    ),
    access: lazyPort<Access>(
      async () => (await import('./iam/access.ts')).connectAccess(settings, identity),
      ['observe', 'grant', 'withdraw', 'denied'],
    ),
    compute: lazyPort<Compute>(
      async () => (await import('./ec2/compute.ts')).connectCompute(settings),
      [
        'observe',
        'fleets',
        'facts',
        'typesFor',
        'reservations',
        'topology',
        'imageFacts',
        'ensureSecurityGroup',
        'ensurePlacementGroup',
        'ensureTemplate',
        'launchCohort',
        'markStages',
        'markDraining',
        'markLead',
        'quarantine',
        'strays',
        'removeStray',
        'regions',
        'renameCohort',
        'terminate',
        'removeTemplate',
        'removePlacementGroup',
        'removeSecurityGroup',
        'network',
      ],
    ),
    storage: lazyPort<Storage>(
      async () => (await import('./fsx/storage.ts')).connectStorage(settings),
      [
        'observe',
        'find',
        'list',
        'fleets',
        'create',
        'remove',
        'mark',
        'link',
        'beginImport',
        'beginExport',
        'cancelTask',
      ],
    ),
    remote: lazyPort<RemoteExec>(
      async () => (await import('./ssm/remote-exec.ts')).connectRemoteExec(settings),
      ['online', 'run', 'tell'],
    ),
    shell: lazyPort<RemoteShell>(
      async () => (await import('./ssm/remote-shell.ts')).connectRemoteShell(settings),
      ['open'],
    ),
    objects: lazyPort<ObjectStore>(
      async () => (await import('./s3/object-store.ts')).connectObjectStore(settings, identity),
      ['ensure', 'has', 'putBytes', 'putFile', 'getBytes', 'getStream', 'folders'],
      ['list', 'listPlace'],
    ),
    prices: lazyPort<Prices>(
      async () => (await import('./pricing/prices.ts')).connectPrices(settings),
      ['onDemand', 'spot', 'storage'],
    ),
    images: lazyPort<Images>(
      async () => (await import('./ec2/images.ts')).connectImages(settings),
      ['create', 'observe', 'remove'],
    ),
    quotas: lazyPort<Quotas>(async () => (await import('./quotas/quotas.ts')).connectQuotas(settings), ['vcpus']),
  }
}
