import { expect, it } from 'vitest'
import { toMusterError } from '../../../src/aws/error-map.ts'
import { caller } from '../../../src/aws/send.ts'

const about = { service: 'ec2', region: 'us-east-1', endpoint: null, profile: 'lab' }
const failure = (name: string, message: string) => Object.assign(new Error(message), { name })

it.each([
  ['ExpiredToken', 'The security token included in the request is expired'],
  ['ExpiredTokenException', 'The security token included in the request is expired'],
  ['RequestExpired', 'Request has expired.'],
  ['AuthFailure', 'Credentials have expired'],
  ['CredentialsProviderError', 'The SSO session associated with this profile has expired.'],
])('%s: %s', (name, message) => {
  expect(toMusterError(failure(name, message), { ...about, operation: 'DescribeInstances' })).toMatchObject({
    code: 'CredentialsExpired',
    suggestions: ['aws sso login --profile lab'],
  })
})

it('credentials that are simply wrong have not expired', () => {
  const wrong = failure('AuthFailure', 'AWS was not able to validate the provided access credentials')
  expect(toMusterError(wrong, { ...about, operation: 'DescribeInstances' }).code).toBe('CredentialsRefused')
})

it('after an expiry the client reads its credentials anew, so that the next call has those of a new login', async () => {
  let login = 'old'
  let found = login
  const client = {
    config: {
      credentials: async (options?: { readonly forceRefresh?: boolean }) => {
        if (options?.forceRefresh === true) found = login
        return found
      },
    },
    send: async () => {
      if (found === 'old') throw failure('ExpiredToken', 'expired')
      return 'answered'
    },
  }
  const command = new (class DescribeInstancesCommand {
    readonly input = {}
  })()
  const { send } = caller(client as never, about) as unknown as { send: (asked: object) => Promise<string> }
  await expect(send(command)).rejects.toMatchObject({ code: 'CredentialsExpired' })
  login = 'new'
  await expect(send(command)).rejects.toMatchObject({ code: 'CredentialsExpired' })
  expect(await send(command)).toBe('answered')
})
