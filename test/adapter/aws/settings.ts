import type { AwsSettings } from '../../../src/aws/settings.ts'
import { fakeClock } from '../../fakes/clock.ts'
import { fakeIds } from '../../fakes/ids.ts'

/** Settings that need nothing of the machine: nothing is sent, since the clients are mocked. */
export function mockSettings(more: Partial<AwsSettings> = {}): AwsSettings {
  return {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    clock: fakeClock(),
    ids: fakeIds(),
    ...more,
  }
}

/** What the SDK throws for an AWS error code. */
export function awsFailure(name: string, message = 'in words', httpStatusCode = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode, requestId: 'req-1' } })
}
