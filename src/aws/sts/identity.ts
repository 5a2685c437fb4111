import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { Identity } from '../../ports/identity.ts'
import { clientConfig, connected } from '../client-factory.ts'
import type { AwsSettings } from '../settings.ts'

/** Identity over STS; asked once, since it does not change while a command runs. */
export function connectIdentity(settings: AwsSettings): Identity {
  const { send } = connected(new STSClient(clientConfig(settings)), 'STS', settings)
  let known: ReturnType<Identity['whoAmI']> | null = null

  async function ask() {
    const { Account: account = '', Arn: arn = '' } = await send(new GetCallerIdentityCommand({}))
    return { account, arn, region: settings.region }
  }

  return {
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
