import { SSMClient } from '@aws-sdk/client-ssm'
import { clientConfig, connected } from '../client-factory.ts'
import type { Caller } from '../send.ts'
import type { AwsSettings } from '../settings.ts'

/** What every function of this folder works with. */
export interface Ssm extends Caller<SSMClient> {
  /** For SendCommand, which has no idempotency token: what may have been accepted is not sent again. */
  readonly sendOnce: SSMClient['send']
  readonly settings: AwsSettings
}

export function connectSsm(settings: AwsSettings): Ssm {
  const once = connected(new SSMClient(clientConfig('SSM', settings, { repeat: 'never-twice' })), 'SSM', settings)
  return { ...connected(new SSMClient(clientConfig('SSM', settings)), 'SSM', settings), sendOnce: once.send, settings }
}
