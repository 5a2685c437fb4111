import { GetParameterCommand } from '@aws-sdk/client-ssm'
import { isAwsClass } from '../error-map.ts'
import type { AwsSettings } from '../settings.ts'
import { connectSsm } from './ssm.ts'

/** What a plain parameter of Parameter Store says; null where there is none of that name. */
export async function readParameter(settings: AwsSettings, name: string): Promise<string | null> {
  try {
    const answer = await connectSsm(settings).send(new GetParameterCommand({ Name: name }))
    return answer.Parameter?.Value ?? null
  } catch (error) {
    if (isAwsClass(error, 'gone')) return null
    throw error
  }
}
