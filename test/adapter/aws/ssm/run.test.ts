import {
  CancelCommandCommand,
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  SendCommandCommand,
  SSMClient,
  type CommandInvocation,
} from '@aws-sdk/client-ssm'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { connectRemoteExec } from '../../../../src/aws/ssm/remote-exec.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const ssm = mockClient(SSMClient)
const script = { comment: 'install', text: 'true', timeoutS: 60 }
const is = (InstanceId: string, Status: CommandInvocation['Status'], StatusDetails: string = Status ?? '') => ({
  InstanceId,
  Status,
  StatusDetails,
})
const listed = (...CommandInvocations: CommandInvocation[]) => ({ CommandInvocations })
const sent = () => ssm.commandCalls(SendCommandCommand).map((call) => call.args[0].input)

beforeEach(() => {
  ssm.reset()
  ssm.on(SendCommandCommand).resolves({ Command: { CommandId: 'c-1' } })
  ssm.on(CancelCommandCommand).resolves({})
  ssm.on(GetCommandInvocationCommand).callsFake(async ({ InstanceId }) => ({
    ResponseCode: InstanceId === 'i-2' ? 3 : 0,
    StandardOutputContent: `out of ${InstanceId}`,
    StandardErrorContent: '',
  }))
})

describe('running a script over SSM', () => {
  it('gives it to all nodes at once and waits for all, in the order asked for', async () => {
    ssm
      .on(ListCommandInvocationsCommand)
      .resolvesOnce(listed())
      .resolvesOnce(listed(is('i-2', 'Failed')))
      .resolvesOnce(listed(is('i-2', 'Failed'), is('i-1', 'InProgress')))
      .resolves(listed(is('i-2', 'Failed'), is('i-1', 'Success')))
    const results = await connectRemoteExec(mockSettings()).run(['i-1', 'i-2'], script)
    expect(results).toEqual([
      { nodeId: 'i-1', outcome: 'success', exitCode: 0, stdout: 'out of i-1', stderr: '' },
      { nodeId: 'i-2', outcome: 'failed', exitCode: 3, stdout: 'out of i-2', stderr: '' },
    ])
    expect(sent()).toEqual([
      {
        DocumentName: 'AWS-RunShellScript',
        InstanceIds: ['i-1', 'i-2'],
        Comment: 'install',
        TimeoutSeconds: 60,
        MaxConcurrency: '100%',
        MaxErrors: '100%',
        Parameters: { commands: ['true'], executionTimeout: ['60'] },
      },
    ])
  })

  it.each([
    ['a short output', 'hello\n', 0, 'hello\n'],
    ['an output that may be cut', 'x'.repeat(2_400), 1, 'out of i-1'],
    ['stderr in between', 'a\n----------ERROR-------\nb', 1, 'out of i-1'],
  ])('asks node by node only where a listing may not show all: %s', async (_what, Output, reads, stdout) => {
    const plugin = { Name: 'aws:runShellScript', Status: 'Success' as const, ResponseCode: 0, Output }
    ssm.on(ListCommandInvocationsCommand).resolves(listed({ ...is('i-1', 'Success'), CommandPlugins: [plugin] }))
    expect(await connectRemoteExec(mockSettings()).run(['i-1'], script)).toEqual([
      { nodeId: 'i-1', outcome: 'success', exitCode: 0, stdout, stderr: '' },
    ])
    expect(ssm.commandCalls(GetCommandInvocationCommand)).toHaveLength(reads)
  })

  it('sends fifty nodes a command', async () => {
    const ids = Array.from({ length: 120 }, (_, n) => `i-${n}`)
    let commands = 0
    ssm.on(SendCommandCommand).callsFake(async () => ({ Command: { CommandId: `c-${(commands += 1)}` } }))
    ssm.on(ListCommandInvocationsCommand).callsFake(async ({ CommandId }) => {
      const at = sent()[Number(CommandId.slice(2)) - 1]?.InstanceIds ?? []
      return listed(...at.map((id) => is(id, 'Success')))
    })
    const results = await connectRemoteExec(mockSettings()).run(ids, script)
    expect(sent().map((input) => input.InstanceIds?.length)).toEqual([50, 50, 20])
    expect(results.map((one) => one.nodeId)).toEqual(ids)
    expect(results.every((one) => one.outcome === 'success')).toBe(true)
  })

  it.each([
    ['TimedOut', 'Execution Timed Out', 'timed-out'],
    ['TimedOut', 'ExecutionTimedOut', 'timed-out'],
    ['TimedOut', 'Delivery Timed Out', 'undelivered'],
    ['Failed', 'Undeliverable', 'undelivered'],
    ['Cancelled', 'Cancelled', 'cancelled'],
  ] as const)('takes %s (%s) for %s', async (status, details, outcome) => {
    ssm.on(ListCommandInvocationsCommand).resolves(listed(is('i-1', status, details)))
    expect(await connectRemoteExec(mockSettings()).run(['i-1'], script)).toMatchObject([{ outcome }])
  })

  it('leaves out the nodes that are not online', async () => {
    ssm.on(SendCommandCommand).callsFake(async ({ InstanceIds }) => {
      if (InstanceIds.includes('i-dead')) throw awsFailure('InvalidInstanceId')
      return { Command: { CommandId: 'c-1' } }
    })
    ssm.on(DescribeInstanceInformationCommand).resolves({
      InstanceInformationList: [
        { InstanceId: 'i-1', PingStatus: 'Online' },
        { InstanceId: 'i-dead', PingStatus: 'ConnectionLost' },
      ],
    })
    ssm.on(ListCommandInvocationsCommand).resolves(listed(is('i-1', 'Success')))
    const results = await connectRemoteExec(mockSettings()).run(['i-dead', 'i-1'], script)
    expect(results.map((one) => one.outcome)).toEqual(['undelivered', 'success'])
    expect(sent().map((input) => input.InstanceIds)).toEqual([['i-dead', 'i-1'], ['i-1']])
  })

  it('sends nothing where nobody is online', async () => {
    ssm.on(SendCommandCommand).rejects(awsFailure('InvalidInstanceId'))
    ssm.on(DescribeInstanceInformationCommand).resolves({})
    const results = await connectRemoteExec(mockSettings()).run(['i-1'], script)
    expect(results).toMatchObject([{ outcome: 'undelivered', exitCode: -1 }])
    expect(sent()).toHaveLength(1)
  })

  it('tries again for a while where all agents are online but too young, then says why not', async () => {
    ssm
      .on(SendCommandCommand)
      .rejectsOnce(awsFailure('InvalidInstanceId'))
      .rejectsOnce(awsFailure('InvalidInstanceId'))
      .resolvesOnce({ Command: { CommandId: 'c-1' } })
      .rejects(awsFailure('InvalidInstanceId', 'not in a valid state'))
    const young = { InstanceInformationList: [{ InstanceId: 'i-1', PingStatus: 'Online' as const }] }
    ssm.on(DescribeInstanceInformationCommand).resolves(young)
    ssm.on(ListCommandInvocationsCommand).resolves(listed(is('i-1', 'Success')))
    const remote = connectRemoteExec(mockSettings())
    expect(await remote.run(['i-1'], script)).toMatchObject([{ outcome: 'success' }])
    await expect(remote.run(['i-1'], script)).rejects.toMatchObject({ data: { awsCode: 'InvalidInstanceId' } })
  })

  it('gives up on a node that vanished once all time limits have passed', async () => {
    ssm.on(ListCommandInvocationsCommand).resolves(listed(is('i-1', 'InProgress'), is('i-2', 'Delayed')))
    // AWS shows for minutes that an agent is online which is not.
    const InstanceInformationList = ['i-1', 'i-2'].map((InstanceId) => ({ InstanceId, PingStatus: 'Online' as const }))
    ssm.on(DescribeInstanceInformationCommand).resolves({ InstanceInformationList })
    const settings = mockSettings()
    const start = settings.clock.now()
    const results = await connectRemoteExec(settings).run(['i-1', 'i-2'], script)
    expect(results.map((one) => one.outcome)).toEqual(['timed-out', 'undelivered'])
    expect(settings.clock.now() - start).toBe(150_000)
  })

  it('does not wait an hour for nodes that ended in the middle, and waits for one whose agent is back', async () => {
    ssm.on(ListCommandInvocationsCommand).resolves(listed(is('i-1', 'InProgress'), is('i-2', 'Success')))
    const settings = mockSettings()
    const start = settings.clock.now()
    const after = () => settings.clock.now() - start
    ssm.on(DescribeInstanceInformationCommand).callsFake(async ({ Filters }) => {
      expect(Filters[0].Values).toEqual(['i-1'])
      const isBack = after() > 40_000 && after() < 300_000
      return { InstanceInformationList: isBack ? [{ InstanceId: 'i-1', PingStatus: 'Online' }] : [] }
    })
    const results = await connectRemoteExec(settings).run(['i-1', 'i-2'], { ...script, timeoutS: 3600 })
    expect(results.map((one) => one.outcome)).toEqual(['timed-out', 'success'])
    expect(after()).toBeGreaterThan(360_000)
    expect(after()).toBeLessThan(400_000)
  })

  it('waits for an invocation that is not to be read yet', async () => {
    ssm.on(ListCommandInvocationsCommand).resolves(listed(is('i-1', 'Success')))
    ssm
      .on(GetCommandInvocationCommand)
      .rejectsOnce(awsFailure('InvocationDoesNotExist'))
      .resolves({ ResponseCode: 0, StandardOutputContent: 'late', StandardErrorContent: '' })
    expect(await connectRemoteExec(mockSettings()).run(['i-1'], script)).toMatchObject([{ stdout: 'late' }])
  })

  it('cancels on the nodes when it is aborted, and gives the reason', async () => {
    const controller = new AbortController()
    ssm.on(ListCommandInvocationsCommand).callsFake(async () => {
      controller.abort(new Error('enough'))
      return listed(is('i-1', 'InProgress'))
    })
    ssm.on(CancelCommandCommand).rejects(awsFailure('InternalServerError', 'oh', 500))
    const running = connectRemoteExec(mockSettings()).run(['i-1'], script, controller.signal)
    await expect(running).rejects.toThrow('enough')
    expect(ssm.commandCalls(CancelCommandCommand)[0]?.args[0].input).toEqual({ CommandId: 'c-1' })
  })

  it('throws where the command itself is refused', async () => {
    ssm.on(SendCommandCommand).rejects(awsFailure('AccessDeniedException'))
    await expect(connectRemoteExec(mockSettings()).run(['i-1'], script)).rejects.toMatchObject({ code: 'NotAllowed' })
  })

  it('keeps texts with braces from being taken for variables, and its numbers within limits', async () => {
    ssm.on(ListCommandInvocationsCommand).resolves(listed(is('i-1', 'Success')))
    const text = "echo '{{x}}'\n"
    await connectRemoteExec(mockSettings()).run(['i-1'], { comment: 'x'.repeat(200), text, timeoutS: 1 })
    const [input] = sent()
    const encoded = /'([A-Za-z0-9+/=]+)'/.exec(input?.Parameters?.['commands']?.[0] ?? '')?.[1] ?? ''
    expect(Buffer.from(encoded, 'base64').toString()).toBe(text)
    expect(input).toMatchObject({ TimeoutSeconds: 30, Parameters: { executionTimeout: ['5'] } })
    expect(input?.Comment).toHaveLength(100)
  })
})

describe('asking which nodes are online', () => {
  it('goes by fifty and counts only agents that ping', async () => {
    ssm.on(DescribeInstanceInformationCommand).callsFake(async ({ Filters, NextToken }) => {
      const ids: string[] = Filters[0].Values
      expect(ids.length).toBeLessThanOrEqual(50)
      const half = NextToken === undefined ? ids.slice(0, 25) : ids.slice(25)
      const list = half.map((InstanceId) => ({
        InstanceId,
        PingStatus: InstanceId === 'i-7' ? 'ConnectionLost' : 'Online',
      }))
      return { InstanceInformationList: list, ...(NextToken === undefined ? { NextToken: 'more' } : {}) }
    })
    const ids = Array.from({ length: 60 }, (_, n) => `i-${n}`)
    const found = await connectRemoteExec(mockSettings()).online(ids)
    expect([found.size, found.has('i-7'), found.has('i-59')]).toEqual([59, false, true])
  })

  it('asks nothing for no nodes: no filter would mean all', async () => {
    expect(await connectRemoteExec(mockSettings()).online([])).toEqual(new Set())
    expect(ssm.calls()).toEqual([])
  })
})
