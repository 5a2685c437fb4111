import {
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  SSMClient,
  SendCommandCommand,
} from '@aws-sdk/client-ssm'
import type { CommandInvocation, SendCommandCommandInput } from '@aws-sdk/client-ssm'
import { onTestFinished } from 'vitest'
import { createSsm } from '../../../src/sandbox/services/ssm/service.ts'
import { startTestSandbox } from '../harness.ts'
import type { TestSandboxOptions } from '../harness.ts'
import { shellNodes } from './shell-nodes.ts'

const RUNNING = new Set(['Pending', 'Delayed', 'InProgress', 'Cancelling'])

/** SSM over HTTP, until the test ends, for nodes that run scripts in this machine's own shell. */
export async function startSsm(options: Omit<TestSandboxOptions, 'services'> = {}) {
  const nodes = shellNodes()
  const sandbox = await startTestSandbox({
    ...options,
    services: [
      (world) => {
        world.directories.instances = nodes.directory
        return createSsm(world)
      },
    ],
  })
  const ssm = new SSMClient({ ...sandbox.client, maxAttempts: 1 })
  onTestFinished(async () => {
    ssm.destroy()
    nodes.close()
    await sandbox.close()
  })
  const { agents } = sandbox.world.directories
  if (!agents) throw new Error('SSM did not fill in its directory')
  const invocations = async (CommandId: string): Promise<readonly CommandInvocation[]> =>
    (await ssm.send(new ListCommandInvocationsCommand({ CommandId, Details: true }))).CommandInvocations ?? []
  return {
    ...sandbox,
    ssm,
    nodes,
    agents,
    invocations,
    /** New nodes whose agents are online. */
    boot: (count: number, tags?: Record<string, string>): string[] => {
      const ids = nodes.add(count, tags)
      for (const id of ids) agents.online('us-east-1', id)
      return ids
    },
    send: async (
      commands: string[],
      more: Partial<SendCommandCommandInput> & { executionTimeout?: string },
    ): Promise<string> => {
      const { executionTimeout, ...input } = more
      const Parameters = {
        commands,
        ...(executionTimeout === undefined ? {} : { executionTimeout: [executionTimeout] }),
      }
      const answer = await ssm.send(
        new SendCommandCommand({ DocumentName: 'AWS-RunShellScript', Parameters, ...input }),
      )
      return answer.Command?.CommandId ?? ''
    },
    /** Waits until every invocation has ended. */
    ended: (CommandId: string): Promise<readonly CommandInvocation[]> =>
      until(
        () => invocations(CommandId),
        (all) => all.length > 0 && all.every(({ Status }) => !RUNNING.has(Status ?? '')),
      ),
    result: (CommandId: string, InstanceId: string) =>
      ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId })),
  }
}

/** Asks again until the answer is there, or fails after twenty seconds with what it saw last. */
export async function until<T>(ask: () => Promise<T>, fits: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 20_000
  for (;;) {
    const answer = await ask()
    if (fits(answer)) return answer
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(answer)}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** What an SDK call was refused with; undefined where it was not. */
export async function refusalOf(call: Promise<unknown>): Promise<Error | undefined> {
  return call.then(
    () => undefined,
    (error: unknown) => error as Error,
  )
}
