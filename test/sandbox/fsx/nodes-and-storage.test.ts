import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSubnetsCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import {
  CreateFileSystemCommand,
  DeleteFileSystemCommand,
  DescribeFileSystemsCommand,
  FSxClient,
} from '@aws-sdk/client-fsx'
import {
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  SSMClient,
  SendCommandCommand,
} from '@aws-sdk/client-ssm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findProcesses } from '../../../src/sandbox/agent/processes.ts'
import { createMachines } from '../../../src/sandbox/machines/create.ts'
import { homeMark, markVariable } from '../../../src/sandbox/machines/home-mark.ts'
import { createEc2 } from '../../../src/sandbox/services/ec2/service.ts'
import { createFsx } from '../../../src/sandbox/services/fsx/service.ts'
import { createIam } from '../../../src/sandbox/services/iam/service.ts'
import { createSsm } from '../../../src/sandbox/services/ssm/service.ts'
import { startTestSandbox } from '../harness.ts'
import type { TestSandbox } from '../harness.ts'
import { bestKind } from '../machines/fleet.ts'
import { refusalOf, until } from './fsx-bench.ts'

/** EC2, SSM and FSx together, on real nodes: what no service can prove alone. */
let sandbox: TestSandbox
let ec2: EC2Client
let ssm: SSMClient
let fsx: FSxClient

beforeAll(async () => {
  sandbox = await startTestSandbox({
    services: [createIam, createEc2, createSsm, createFsx],
    machines: async (at) => createMachines({ kind: bestKind, home: dirname(at.apiSocket), ...at }),
  })
  const options = { ...sandbox.client, maxAttempts: 1 }
  ec2 = new EC2Client(options)
  ssm = new SSMClient(options)
  fsx = new FSxClient(options)
})

afterAll(() => sandbox.close())

it('nodes share a file system until it is deleted, and go with it', async () => {
  const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'lustre', Description: 'nodes' }))
  const self = [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] }]
  const { Subnets: [subnet] = [] } = await ec2.send(new DescribeSubnetsCommand({}))
  const create = () =>
    fsx.send(
      new CreateFileSystemCommand({
        FileSystemType: 'LUSTRE',
        FileSystemTypeVersion: '2.15',
        StorageCapacity: 1200,
        SubnetIds: [subnet?.SubnetId ?? ''],
        SecurityGroupIds: [GroupId],
        LustreConfiguration: { DeploymentType: 'SCRATCH_2' },
      }),
    )
  expect(await refusalOf(create())).toMatchObject({ name: 'InvalidNetworkSettings' })
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: self }))
  const { FileSystem: storage } = await create()
  const id = storage?.FileSystemId ?? ''

  const nodes = await launch(2, { SecurityGroupIds: [GroupId] })
  await until(
    () => pings('Online'),
    (seen) => seen.length === 2,
  )
  await until(
    async () => (await fsx.send(new DescribeFileSystemsCommand({ FileSystemIds: [id] }))).FileSystems?.[0]?.Lifecycle,
    (lifecycle) => lifecycle === 'AVAILABLE',
  )

  const source = `${storage?.DNSName}@tcp:/${storage?.LustreConfiguration?.MountName}`
  const place = '"${MUSTER_NODE_ROOT:-}/fsx"'
  for (const node of nodes)
    expect(await run(node, `mkdir -p ${place} && mount -t lustre -o noatime,flock ${source} ${place}`)).toMatchObject({
      Status: 'Success',
    })
  expect(await run(nodes[0], `echo shared > ${place}/file; hostname`)).toMatchObject({ Status: 'Success' })
  expect(await run(nodes[1], `cat ${place}/file`)).toMatchObject({ StandardOutputContent: 'shared\n' })
  const wrong = await run(nodes[1], `mkdir -p ${place}2; mount -t lustre ${source}x ${place}2`)
  expect(wrong).toMatchObject({
    Status: 'Failed',
    ResponseCode: 2,
    StandardErrorContent: expect.stringContaining('No such file or directory\nIs the MGS specification correct?'),
  })

  await ec2.send(new TerminateInstancesCommand({ InstanceIds: nodes }))
  await until(
    () => pings('Online'),
    (seen) => seen.length === 0,
  )
  expect(await refusalOf(run(nodes[0], 'true'))).toMatchObject({ name: 'InvalidInstanceId' })
  const deleteGroup = () => refusalOf(ec2.send(new DeleteSecurityGroupCommand({ GroupId })))
  expect(await deleteGroup()).toMatchObject({ name: 'DependencyViolation' })
  expect(existsSync(join(sandbox.home, 'fsx', id, 'file'))).toBe(true)
  await fsx.send(new DeleteFileSystemCommand({ FileSystemId: id }))
  await until(deleteGroup, (refusal) => refusal === undefined)
  expect(existsSync(join(sandbox.home, 'fsx', id))).toBe(false)
})

it('a node whose agent is killed loses its ping, and what it was running is never reported', async () => {
  const [node = ''] = await launch(1)
  await until(
    () => pings('Online'),
    (seen) => seen.includes(node),
  )
  const CommandId = await send(node, 'sleep 60')
  for (const pid of await agents()) process.kill(pid, 'SIGKILL')
  await until(
    () => pings('ConnectionLost'),
    (seen) => seen.includes(node),
  )
  const { Status } = await ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId: node }))
  expect(Status).toBe('InProgress')
  const later = await send(node, 'true')
  const delayed = await ssm.send(new GetCommandInvocationCommand({ CommandId: later, InstanceId: node }))
  expect(delayed).toMatchObject({ Status: 'Delayed', ResponseCode: -1 })
})

async function agents(): Promise<number[]> {
  const mark = `${markVariable}=${homeMark(sandbox.home)}`
  const program = /agent\/main\.(ts|js) ?$/
  const marked = await findProcesses({ environment: (text) => text === mark, command: () => false })
  const running = await findProcesses({ environment: () => false, command: (text) => program.test(text) })
  return marked.filter((pid) => running.includes(pid))
}

async function launch(count: number, more: object = {}): Promise<string[]> {
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      InstanceType: 'c7i.large',
      MinCount: count,
      MaxCount: count,
      IamInstanceProfile: { Name: 'muster-node' },
      ...more,
    }),
  )
  return Instances.map(({ InstanceId = '' }) => InstanceId)
}

/** The ids of the nodes with that ping. */
async function pings(status: string): Promise<string[]> {
  const { InstanceInformationList = [] } = await ssm.send(new DescribeInstanceInformationCommand({}))
  return InstanceInformationList.flatMap(({ InstanceId = '', PingStatus }) =>
    PingStatus === status ? [InstanceId] : [],
  )
}

async function send(node: string, script: string): Promise<string> {
  const Parameters = { commands: [script] }
  const input = { DocumentName: 'AWS-RunShellScript', InstanceIds: [node], Parameters }
  return (await ssm.send(new SendCommandCommand(input))).Command?.CommandId ?? ''
}

/** Runs it to its end. */
async function run(node: string | undefined, script: string) {
  const key = { CommandId: await send(node ?? '', script), InstanceId: node }
  return until(
    () => ssm.send(new GetCommandInvocationCommand(key)),
    ({ Status }) => Status !== 'Pending' && Status !== 'InProgress',
  )
}
