import { EC2Client } from '@aws-sdk/client-ec2'
import { clientConfig, connected } from '../client-factory.ts'
import type { Caller } from '../send.ts'
import type { AwsSettings } from '../settings.ts'

/** What every function of this folder works with. */
export interface Ec2 extends Caller<EC2Client> {
  readonly settings: AwsSettings
}

/** Every call here is a read, carries a client token, or is harmless twice: all are repeated. */
export function connectEc2(settings: AwsSettings): Ec2 {
  return { ...connected(new EC2Client(clientConfig('EC2', settings)), 'EC2', settings), settings }
}
