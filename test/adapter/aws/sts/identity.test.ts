import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { mockClient } from 'aws-sdk-client-mock'
import { expect, it } from 'vitest'
import { connectIdentity } from '../../../../src/aws/sts/identity.ts'
import { awsFailure, mockSettings } from '../settings.ts'

it('asks STS once who we are, and again after a failure', async () => {
  const sts = mockClient(STSClient)
  sts
    .on(GetCallerIdentityCommand)
    .rejectsOnce(awsFailure('ExpiredToken'))
    .resolves({ Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/me' })
  const identity = connectIdentity(mockSettings({ region: 'eu-west-1' }))
  await expect(identity.whoAmI()).rejects.toMatchObject({ code: 'CredentialsExpired' })
  const me = { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/me', region: 'eu-west-1' }
  expect(await Promise.all([identity.whoAmI(), identity.whoAmI()])).toEqual([me, me])
  expect(sts.calls()).toHaveLength(2)
})
