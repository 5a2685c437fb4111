import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { Identity } from '../../ports/identity.ts'
import { clientConfig, connected } from '../client-factory.ts'
import { awsError } from '../error-map.ts'
import type { AwsSettings } from '../settings.ts'

/**
 * Identity over STS; asked once, since it does not change while a command runs. It is every command's first call, so its
 * patience is short: what does not answer this will not answer anything.
 */
export function connectIdentity(settings: AwsSettings): Identity {
  const client = new STSClient(clientConfig('STS', settings, { wholeMs: 10_000 }))
  const { send, context } = connected(client, 'STS', settings, 30_000)
  let known: ReturnType<Identity['whoAmI']> | null = null

  async function ask() {
    const { Account: account = '', Arn: arn = '' } = await send(new GetCallerIdentityCommand({}))
    // Any web server may answer 200; what followed would then read like an empty cloud.
    if (!/^\d{12}$/.test(account)) {
      const call = context('GetCallerIdentity')
      throw awsError(
        'unsupported',
        { code: 'no account in the answer', message: '', address: call.endpoint ?? 'AWS' },
        call,
      )
    }
    return { account, arn, region: settings.region }
  }

  return {
    expiresAt: async () => (await client.config.credentials()).expiration?.getTime() ?? null,
    async whoAmI() {
      known ??= ask()
      try {
        return await known
      } catch (error) {
        known = null
        throw error
      }
    },
  }
}
