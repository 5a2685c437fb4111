import {
  DescribeDocumentCommand,
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  GetDocumentCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  PutParameterCommand,
  SendCommandCommand,
  paginateDescribeInstanceInformation,
  paginateListCommandInvocations,
} from '@aws-sdk/client-ssm'
import type { DescribeInstanceInformationCommandInput, SendCommandCommandInput } from '@aws-sdk/client-ssm'
import { describe, expect, it } from 'vitest'
import { refusalOf, startSsm } from './ssm-bench.ts'

const absent = 'i-00000000000000999'
const true_ = { commands: ['true'] }

describe('SendCommand refuses', () => {
  it.each<[string, Partial<SendCommandCommandInput>, object]>([
    [
      'a node that is not registered',
      { InstanceIds: [absent] },
      { name: 'InvalidInstanceId', message: `Instances [[${absent}]] not in a valid state for account 000000000000` },
    ],
    ['the same as a target', { Targets: [{ Key: 'InstanceIds', Values: [absent] }] }, { name: 'InvalidInstanceId' }],
    [
      'what is no id',
      { InstanceIds: ['web'] },
      {
        name: 'ValidationException',
        message: expect.stringContaining('Member must satisfy regular expression pattern'),
      },
    ],
    ['neither ids nor targets', {}, { name: 'ValidationException' }],
    [
      'another document',
      { InstanceIds: [absent], DocumentName: 'AWS-RunPowerShellScript' },
      { name: 'InvalidDocument' },
    ],
    ['another version', { InstanceIds: [absent], DocumentVersion: '2' }, { name: 'InvalidDocumentVersion' }],
    [
      'a short timeout',
      { InstanceIds: [absent], TimeoutSeconds: 29 },
      { name: 'ValidationException', message: expect.stringContaining("'timeoutSeconds'") },
    ],
    [
      'a hash of a kind that is none',
      { InstanceIds: [absent], DocumentHashType: 'Md5' as 'Sha1' },
      { name: 'ValidationException', message: expect.stringContaining("'documentHashType'") },
    ],
    ['a region of one letter', { InstanceIds: [absent], OutputS3Region: 'x' }, { name: 'ValidationException' }],
    [
      'an alarm without a name',
      { InstanceIds: [absent], AlarmConfiguration: { Alarms: [{ Name: '' }] } },
      { name: 'ValidationException' },
    ],
    ['a wrong concurrency', { InstanceIds: [absent], MaxConcurrency: '0' }, { name: 'ValidationException' }],
    ['a long comment', { InstanceIds: [absent], Comment: 'x'.repeat(101) }, { name: 'ValidationException' }],
    [
      'six targets',
      { Targets: Array.from({ length: 6 }, () => ({ Key: 'tag:a', Values: ['1'] })) },
      { name: 'ValidationException', message: expect.stringContaining("at 'targets' failed") },
    ],
    [
      '51 nodes',
      { InstanceIds: Array.from({ length: 51 }, () => absent) },
      { name: 'ValidationException', message: expect.stringContaining('less than or equal to 50') },
    ],
  ])('%s', async (_, input, refusal) => {
    const { ssm } = await startSsm()
    const call = ssm.send(new SendCommandCommand({ DocumentName: 'AWS-RunShellScript', Parameters: true_, ...input }))
    expect(await refusalOf(call)).toMatchObject(refusal)
  })

  it('a node named twice, parameters that the document does not have, and nodes that shut down', async () => {
    const { boot, nodes, send, ssm } = await startSsm()
    const [node = ''] = boot(1)
    const InstanceIds = [node]
    expect(await refusalOf(send(['true'], { InstanceIds: [node, node] }))).toMatchObject({
      name: 'DuplicateInstanceId',
    })
    const command = { DocumentName: 'AWS-RunShellScript', InstanceIds }
    expect(await refusalOf(ssm.send(new SendCommandCommand({ ...command })))).toMatchObject({
      name: 'InvalidParameters',
    })
    expect(await refusalOf(send([], { InstanceIds }))).toMatchObject({ name: 'InvalidParameters' })
    expect(await refusalOf(send(['x'.repeat(70_000)], { InstanceIds }))).toMatchObject({
      name: 'MaxDocumentSizeExceeded',
    })
    nodes.set(node, { state: 'shutting-down' })
    expect(await refusalOf(send(['true'], { InstanceIds }))).toMatchObject({ name: 'InvalidInstanceId' })
  })
})

it('targets choose registered nodes by tag', async () => {
  const { boot, nodes, send, ended, ssm } = await startSsm()
  const workers = boot(2, { role: 'worker', fleet: 'a' })
  boot(1, { role: 'lead', fleet: 'a' })
  nodes.add(1, { role: 'worker', fleet: 'a' })
  const run = async (...Targets: NonNullable<SendCommandCommandInput['Targets']>) =>
    (await ended(await send(['true'], { Targets }))).map(({ InstanceId }) => InstanceId)
  expect(await run({ Key: 'tag:role', Values: ['worker'] }, { Key: 'tag-key', Values: ['fleet'] })).toEqual(workers)
  expect(await run({ Key: 'tag:role', Values: ['worker', 'lead'] })).toHaveLength(3)
  expect(await run({ Key: 'InstanceIds', Values: workers })).toEqual(workers)
  const none = await send(['true'], { Targets: [{ Key: 'tag:role', Values: ['nobody'] }] })
  const { Commands: [command] = [] } = await ssm.send(new ListCommandsCommand({ CommandId: none }))
  expect(command).toMatchObject({ Status: 'Success', StatusDetails: 'NoInstancesInTag', TargetCount: 0 })
})

it('lists invocations newest first, in pages, through filters', async () => {
  const { boot, send, ended, ssm } = await startSsm()
  const nodes = boot(3)
  const good = await send(['true'], { InstanceIds: nodes })
  await ended(good)
  const bad = await send(['false'], { InstanceIds: nodes.slice(0, 1) })
  await ended(bad)
  const pages: string[][] = []
  for await (const page of paginateListCommandInvocations({ client: ssm, pageSize: 3 }, {})) {
    pages.push((page.CommandInvocations ?? []).map(({ CommandId }) => (CommandId === bad ? 'bad' : 'good')))
  }
  expect(pages).toEqual([['bad', 'good', 'good'], ['good']])
  const list = async (input: ListCommandInvocationsCommand['input']) =>
    (await ssm.send(new ListCommandInvocationsCommand(input))).CommandInvocations ?? []
  expect(await list({ Filters: [{ key: 'Status', value: 'Failed' }] })).toMatchObject([
    { CommandId: bad, CommandPlugins: [] },
  ])
  expect(await list({ InstanceId: nodes[2] ?? '' })).toMatchObject([{ CommandId: good }])
  expect(await list({ Filters: [{ key: 'InvokedAfter', value: '2100-01-01T00:00:00Z' }] })).toEqual([])
  expect(await list({ CommandId: '00000000-0000-0000-0000-000000000000' })).toEqual([])
  const refused = async (input: ListCommandInvocationsCommand['input']) => (await refusalOf(list(input)))?.name
  expect(await refused({ NextToken: 'junk' })).toBe('InvalidNextToken')
  expect(await refused({ Filters: [{ key: 'ExecutionStage', value: 'Complete' }] })).toBe('InvalidFilterKey')
  expect(await refused({ Filters: [{ key: 'Status', value: 'Bad' }] })).toBe('ValidationException')
  expect(await refused({ MaxResults: 51 })).toBe('ValidationException')
})

it('GetCommandInvocation tells an unknown command, node and plugin apart', async () => {
  const { boot, send, ended, ssm } = await startSsm()
  const [node = ''] = boot(1)
  const CommandId = await send(['true'], { InstanceIds: [node] })
  await ended(CommandId)
  const refused = async (input: GetCommandInvocationCommand['input']) =>
    (await refusalOf(ssm.send(new GetCommandInvocationCommand(input))))?.name
  expect(await refused({ CommandId: '0'.repeat(36), InstanceId: node })).toBe('InvalidCommandId')
  expect(await refused({ CommandId: 'short', InstanceId: node })).toBe('ValidationException')
  expect(await refused({ CommandId, InstanceId: absent })).toBe('InvocationDoesNotExist')
  expect(await refused({ CommandId, InstanceId: node, PluginName: 'runShellScript' })).toBe('InvalidPluginName')
  expect(await refused({ CommandId, InstanceId: node, PluginName: 'aws:runShellScript' })).toBeUndefined()
})

it('describes registered nodes in pages, through filters of both styles', async () => {
  const { boot, nodes, agents, ssm } = await startSsm({ pace: { pingLostMs: 0 } })
  const ids = boot(12, { fleet: 'a' })
  nodes.add(1)
  const pages: number[] = []
  for await (const page of paginateDescribeInstanceInformation({ client: ssm, pageSize: 5 }, {})) {
    pages.push(page.InstanceInformationList?.length ?? 0)
  }
  expect(pages).toEqual([5, 5, 2])
  const describe_ = async (input: DescribeInstanceInformationCommandInput) =>
    ((await ssm.send(new DescribeInstanceInformationCommand(input))).InstanceInformationList ?? []).map(
      ({ InstanceId }) => InstanceId,
    )
  expect(await describe_({})).toHaveLength(10)
  expect(await describe_({ Filters: [{ Key: 'InstanceIds', Values: [ids[3] ?? '', absent] }] })).toEqual([ids[3]])
  expect(
    await describe_({ InstanceInformationFilterList: [{ key: 'InstanceIds', valueSet: [ids[4] ?? ''] }] }),
  ).toEqual([ids[4]])
  expect(await describe_({ Filters: [{ Key: 'tag:fleet', Values: ['a'] }], MaxResults: 50 })).toEqual(ids)
  expect(await describe_({ Filters: [{ Key: 'tag-key', Values: ['none'] }] })).toEqual([])
  agents.lost('us-east-1', ids[0] ?? '')
  agents.gone('us-east-1', ids[1] ?? '')
  nodes.set(ids[2] ?? '', { state: 'terminated' })
  await expect.poll(() => describe_({ Filters: [{ Key: 'PingStatus', Values: ['ConnectionLost'] }] })).toEqual([ids[0]])
  expect(await describe_({ MaxResults: 50 })).toEqual([ids[0], ...ids.slice(3)])
  const refused = async (input: DescribeInstanceInformationCommandInput) => (await refusalOf(describe_(input)))?.name
  expect(await refused({ MaxResults: 4 })).toBe('ValidationException')
  expect(await refused({ Filters: [{ Key: 'Colour', Values: ['red'] }] })).toBe('InvalidFilterKey')
  expect(await refused({ Filters: [{ Key: 'PingStatus', Values: ['Lost'] }] })).toBe(
    'InvalidInstanceInformationFilterValue',
  )
  expect(
    await refused({
      Filters: [
        { Key: 'tag:a', Values: ['b'] },
        { Key: 'PingStatus', Values: ['Online'] },
      ],
    }),
  ).toBe('ValidationException')
})

it("has the public image parameters, and the user's own", async () => {
  const { ssm } = await startSsm()
  const Name = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64'
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name }))
  expect(Parameter).toMatchObject({
    Name,
    Type: 'String',
    DataType: 'text',
    Value: expect.stringMatching(/^ami-[0-9a-f]{17}$/),
  })
  const path = await ssm.send(new GetParametersByPathCommand({ Path: '/aws/service/ami-amazon-linux-latest' }))
  expect(path.Parameters?.map((each) => each.Name)).toContain(Name)
  await ssm.send(new PutParameterCommand({ Name: '/my/value', Value: '1', Type: 'String' }))
  const again = { Name: '/my/value', Value: '2' }
  expect(await refusalOf(ssm.send(new PutParameterCommand(again)))).toMatchObject({ name: 'ParameterAlreadyExists' })
  expect(await ssm.send(new PutParameterCommand({ ...again, Overwrite: true }))).toMatchObject({ Version: 2 })
  const several = await ssm.send(new GetParametersCommand({ Names: ['/my/value', '/not/there'] }))
  expect(several).toMatchObject({ Parameters: [{ Value: '2', Version: 2 }], InvalidParameters: ['/not/there'] })
  expect(await refusalOf(ssm.send(new GetParameterCommand({ Name: '/not/there' })))).toMatchObject({
    name: 'ParameterNotFound',
  })
})

it('shows its one document', async () => {
  const { ssm } = await startSsm()
  const Name = 'AWS-RunShellScript'
  const { Content = '' } = await ssm.send(new GetDocumentCommand({ Name }))
  expect(JSON.parse(Content)).toMatchObject({ schemaVersion: '1.2', parameters: { commands: { type: 'StringList' } } })
  const { Document } = await ssm.send(new DescribeDocumentCommand({ Name }))
  expect(Document).toMatchObject({ Name, SchemaVersion: '1.2', Status: 'Active' })
  expect(await refusalOf(ssm.send(new DescribeDocumentCommand({ Name: 'AWS-Other' })))).toMatchObject({
    name: 'InvalidDocument',
  })
})
