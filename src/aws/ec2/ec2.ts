import { EC2Client } from '@aws-sdk/client-ec2'
import { clientConfig, connected } from '../client-factory.ts'
import type { Repeat } from '../retry.ts'
import type { Caller } from '../send.ts'
import type { AwsSettings } from '../settings.ts'

/** What every function of this folder works with. */
export interface Ec2 extends Caller<EC2Client> {
  readonly settings: AwsSettings
}

/** Where every call is a read, carries a client token, or is harmless twice, all are repeated; `never-twice` is for others. */
export function connectEc2(settings: AwsSettings, repeat: Repeat = 'always'): Ec2 {
  return { ...connected(new EC2Client(clientConfig('EC2', settings, { repeat })), 'EC2', settings), settings }
}
