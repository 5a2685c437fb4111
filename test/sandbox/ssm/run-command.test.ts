import { CancelCommandCommand, ListCommandsCommand, waitUntilCommandExecuted } from '@aws-sdk/client-ssm'
import { expect, it } from 'vitest'
import { refusalOf, startSsm, until } from './ssm-bench.ts'

it('runs a script on every node, and tells what it printed once it has ended', async () => {
  const { boot, send, ended, result, ssm } = await startSsm()
  const nodes = boot(3)
  const id = await send(
    ['cd /tmp', 'echo "$AWS_SSM_INSTANCE_ID in $AWS_SSM_REGION_NAME at $(pwd)"', "echo 'it''s' \"$0\" >&2"],
    { InstanceIds: nodes, Comment: 'hello' },
  )
  expect(id).toMatch(/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/)
  const invocations = await ended(id)
  expect(invocations.map(({ InstanceId, Status, Comment }) => [InstanceId, Status, Comment])).toEqual(
    nodes.map((node) => [node, 'Success', 'hello']),
  )
  const answer = await result(id, nodes[1] ?? '')
  expect(answer).toMatchObject({
    CommandId: id,
    PluginName: 'aws:runShellScript',
    ResponseCode: 0,
    Status: 'Success',
    StandardOutputContent: `${nodes[1]} in us-east-1 at /tmp\n`,
    StandardErrorContent: 'its /bin/sh\n',
    ExecutionStartDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    ExecutionElapsedTime: expect.stringMatching(/^PT\d+(\.\d+)?S$/),
  })
  const { Commands: [command] = [] } = await ssm.send(new ListCommandsCommand({ CommandId: id }))
  expect(command).toMatchObject({ Status: 'Success', TargetCount: 3, CompletedCount: 3, ErrorCount: 0 })
  expect(command?.ExpiresAfter?.getTime()).toBe((command?.RequestedDateTime?.getTime() ?? 0) + 7_200_000)
})

it("the SDK's waiter waits for it", async () => {
  const { boot, send, ssm } = await startSsm({ pace: { describeLagMs: 200 } })
  const [node = ''] = boot(1)
  const waiter = { client: ssm, maxWaitTime: 10, minDelay: 0.02, maxDelay: 0.1 }
  const CommandId = await send(['true'], { InstanceIds: [node] })
  expect((await waitUntilCommandExecuted(waiter, { CommandId, InstanceId: node })).state).toBe('SUCCESS')
})

it('a failing script fails its command', async () => {
  const { boot, send, ended, result } = await startSsm()
  const [node = ''] = boot(1)
  const id = await send(['echo out', 'echo err >&2', 'exit 7'], { InstanceIds: [node] })
  expect((await ended(id))[0]).toMatchObject({
    Status: 'Failed',
    CommandPlugins: [
      {
        Name: 'aws:runShellScript',
        Status: 'Failed',
        ResponseCode: 7,
        Output: 'out\n\n----------ERROR-------\nerr\nfailed to run commands: exit status 7',
      },
    ],
  })
  expect(await result(id, node)).toMatchObject({
    ResponseCode: 7,
    StandardErrorContent: 'err\nfailed to run commands: exit status 7',
  })
})

it('cuts long output as the agent does', async () => {
  const { boot, send, ended, result } = await startSsm()
  const [node = ''] = boot(1)
  const id = await send(['head -c 100000 /dev/zero | tr "\\0" o', 'head -c 100000 /dev/zero | tr "\\0" e >&2'], {
    InstanceIds: [node],
  })
  const [invocation] = await ended(id)
  const { StandardOutputContent: out = '', StandardErrorContent: err = '' } = await result(id, node)
  expect([out.length, err.length]).toEqual([24_000, 8_000])
  expect(out).toMatch(/^o+--output truncated--$/)
  expect(err).toMatch(/^e+--output truncated--$/)
  expect(invocation?.CommandPlugins?.[0]?.Output?.length).toBeLessThanOrEqual(2_500)
})

it('ends a script that takes longer than its time', async () => {
  const { boot, send, ended, result } = await startSsm()
  const [node = ''] = boot(1)
  const id = await send(['echo before; sleep 60'], { InstanceIds: [node], executionTimeout: '5' })
  expect((await ended(id))[0]).toMatchObject({ Status: 'TimedOut', StatusDetails: 'ExecutionTimedOut' })
  expect(await result(id, node)).toMatchObject({ ResponseCode: 137 })
})

it('cancels a running script', async () => {
  const { boot, send, ended, invocations, ssm } = await startSsm()
  const [node = ''] = boot(1)
  const CommandId = await send(['sleep 60'], { InstanceIds: [node] })
  await until(
    () => invocations(CommandId),
    ([first]) => first?.Status === 'InProgress',
  )
  await ssm.send(new CancelCommandCommand({ CommandId }))
  expect((await ended(CommandId))[0]).toMatchObject({ Status: 'Cancelled', StatusDetails: 'Cancelled' })
  expect((await ssm.send(new ListCommandsCommand({ CommandId }))).Commands?.[0]?.Status).toBe('Cancelled')
})

it('a lost node gets the command when its agent is back', async () => {
  const { boot, send, ended, invocations, nodes, agents } = await startSsm()
  const [node = ''] = boot(1)
  nodes.set(node, { connected: false })
  agents.lost('us-east-1', node)
  const id = await send(['echo back'], { InstanceIds: [node] })
  await until(
    () => invocations(id),
    ([first]) => first?.Status === 'Delayed',
  )
  nodes.set(node, { connected: true })
  agents.online('us-east-1', node)
  expect((await ended(id))[0]).toMatchObject({ Status: 'Success' })
})

it('is not shown before the lag', async () => {
  const { boot, send, ended, invocations, result } = await startSsm({ pace: { describeLagMs: 1_000 } })
  const [node = ''] = boot(1)
  const id = await send(['true'], { InstanceIds: [node] })
  expect(await invocations(id)).toEqual([])
  expect(await refusalOf(result(id, node))).toMatchObject({ name: 'InvocationDoesNotExist' })
  expect((await ended(id))[0]).toMatchObject({ Status: 'Success' })
})
