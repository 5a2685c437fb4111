import { IAMClient } from '@aws-sdk/client-iam'
import { clientConfig, connected } from '../client-factory.ts'
import type { Caller } from '../send.ts'
import type { AwsSettings } from '../settings.ts'

/** What every function of this folder works with. IAM is global; the SDK finds its one endpoint from any region. */
export interface Iam extends Caller<IAMClient> {
  readonly settings: AwsSettings
}

export function connectIam(settings: AwsSettings): Iam {
  return { ...connected(new IAMClient(clientConfig('IAM', settings)), 'IAM', settings), settings }
}
