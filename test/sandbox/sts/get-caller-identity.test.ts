import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createSts } from '../../../src/sandbox/services/sts/service.ts'
import { startTestSandbox, type TestSandbox } from '../harness.ts'

let sandbox: TestSandbox
beforeEach(async () => {
  sandbox = await startTestSandbox({ services: [createSts] })
})
afterEach(() => sandbox.close())

it('names the user', async () => {
  const answer = await new STSClient(sandbox.client).send(new GetCallerIdentityCommand({}))
  expect(answer.Arn).toBe('arn:aws:iam::000000000000:user/sandbox')
  expect(answer.Account).toBe('000000000000')
})

it('names the role session of an instance', async () => {
  const session = sandbox.world.credentials.forInstance('i-0123456789abcdef0', 'muster-node')
  const credentials = {
    accessKeyId: session.accessKeyId,
    secretAccessKey: session.secretAccessKey,
    sessionToken: session.sessionToken ?? '',
  }
  const answer = await new STSClient({ ...sandbox.client, credentials }).send(new GetCallerIdentityCommand({}))
  expect(answer.Arn).toBe('arn:aws:sts::000000000000:assumed-role/muster-node/i-0123456789abcdef0')
  expect(answer.UserId).toMatch(/^AROA[A-Z2-7]{16}:i-0123456789abcdef0$/)
})
