import { IAMClient } from '@aws-sdk/client-iam'
import type { IAMServiceException } from '@aws-sdk/client-iam'
import { createIam } from '../../../src/sandbox/services/iam/service.ts'
import { startTestSandbox } from '../harness.ts'

export const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})

export const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*', more = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource, ...more }] })

export interface IamWorld {
  readonly iam: IAMClient
  close(): Promise<void>
}

export async function startIam(): Promise<IamWorld> {
  const sandbox = await startTestSandbox({ services: [createIam] })
  const iam = new IAMClient({ ...sandbox.client, maxAttempts: 1 })
  return {
    iam,
    close: async () => {
      iam.destroy()
      await sandbox.close()
    },
  }
}

/** What a call was refused with. A call that goes through fails the test. */
export async function refusal(call: Promise<unknown>): Promise<readonly [string, string, number | undefined]> {
  try {
    await call
  } catch (error) {
    const { name, message, $metadata } = error as IAMServiceException
    return [name.replace(/Exception$/, ''), message, $metadata.httpStatusCode]
  }
  throw new Error('the call was not refused')
}
