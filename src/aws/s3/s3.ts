import { S3Client } from '@aws-sdk/client-s3'
import type { Identity } from '../../ports/identity.ts'
import { clientConfig, connected } from '../client-factory.ts'
import type { Caller } from '../send.ts'
import { customEndpoint, type AwsSettings } from '../settings.ts'

/** What every function of this folder works with. */
export interface S3 extends Caller<S3Client> {
  /** The SDK's own client, for lib-storage. */
  readonly client: S3Client
  readonly settings: AwsSettings
  /** `muster-<account>-<region>`. */
  readonly bucket: () => Promise<string>
}

/** Other endpoints seldom have a host name a bucket: there the bucket goes into the path. No limit on a whole transfer. */
export function connectS3(settings: AwsSettings, identity: Identity): S3 {
  const forcePathStyle = customEndpoint(settings, 'S3') !== null
  const client = new S3Client({ ...clientConfig('S3', settings, { wholeMs: 0 }), forcePathStyle })
  return {
    ...connected(client, 'S3', settings, 0),
    client,
    settings,
    bucket: async () => `muster-${(await identity.whoAmI()).account}-${settings.region}`,
  }
}
