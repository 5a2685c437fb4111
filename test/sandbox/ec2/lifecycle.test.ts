import {
  DescribeInstancesCommand,
  DescribeInstanceStatusCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVolumesCommand,
  GetConsoleOutputCommand,
  RebootInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusal, run, startEc2 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'
import { manualClock } from './manual-clock.ts'
import type { ManualClock } from './manual-clock.ts'
import { scriptedMachines } from './scripted-machines.ts'
import type { ScriptedMachines } from './scripted-machines.ts'

let clock: ManualClock
let machines: ScriptedMachines
let world: Ec2World

beforeEach(async () => {
  clock = manualClock(Date.now())
  machines = scriptedMachines()
  world = await startEc2({ clock, machines, pace: { pendingMs: 500, shuttingDownMs: 400, describeLagMs: 0 } })
})

afterEach(() => world.close())

const look = async (id: string) => {
  const { Reservations = [] } = await world.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
  const instance = Reservations[0]?.Instances?.[0]
  if (instance === undefined) throw new Error(`${id} is not shown`)
  return instance
}
const stateOf = async (id: string) => (await look(id)).State?.Name

test('an instance boots while it is pending, runs when its time is over, and ends in two steps', async () => {
  const [id = ''] = await run(world)
  expect(machines.of(id).spec.instanceId).toBe(id)
  expect(await stateOf(id)).toBe('pending')
  machines.of(id).events.online()
  expect(world.agents).toEqual([`online ${id}`])
  await clock.forward(499)
  expect(await stateOf(id)).toBe('pending')
  await clock.forward(1)
  expect(await stateOf(id)).toBe('running')

  await world.ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }))
  expect(await stateOf(id)).toBe('shutting-down')
  expect(world.agents).toEqual([`online ${id}`, `gone ${id}`])
  await clock.forward(399)
  expect(machines.of(id).destroyed).toBe(true)
  expect(await stateOf(id)).toBe('shutting-down')
  await clock.forward(1)
  const ended = await look(id)
  expect(ended.State).toEqual({ Code: 48, Name: 'terminated' })
  expect(ended.StateReason?.Code).toBe('Client.UserInitiatedShutdown')
  expect(ended.StateTransitionReason).toMatch(/^User initiated \(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d GMT\)$/)
  expect(ended.PrivateIpAddress).toBeUndefined()
  expect(ended.NetworkInterfaces).toEqual([])
  expect((await world.ec2.send(new DescribeNetworkInterfacesCommand({}))).NetworkInterfaces).toEqual([])
  expect((await world.ec2.send(new DescribeVolumesCommand({}))).Volumes).toEqual([])

  await clock.forward(3_600_000)
  expect((await refusal(look(id))).code).toBe('InvalidInstanceID.NotFound')
})

test('shutdown inside a node ends the instance or stops it, as its behaviour says', async () => {
  const [ends = ''] = await run(world, { InstanceInitiatedShutdownBehavior: 'terminate' })
  const [stops = ''] = await run(world)
  await clock.forward(500)
  machines.of(ends).events.poweroff()
  machines.of(stops).events.poweroff()
  await clock.forward(400)
  expect(await look(ends)).toMatchObject({
    State: { Name: 'terminated' },
    StateReason: {
      Code: 'Client.InstanceInitiatedShutdown',
      Message: 'Client.InstanceInitiatedShutdown: Instance initiated shutdown',
    },
  })
  expect(await stateOf(stops)).toBe('stopped')
})

test('a stopped instance keeps its address and starts again on a new machine, without its user data', async () => {
  const [id = ''] = await run(world, { UserData: Buffer.from('echo once').toString('base64') })
  await clock.forward(500)
  expect(Buffer.from(machines.of(id).spec.userData ?? []).toString()).toBe('echo once')
  const address = (await look(id)).PrivateIpAddress
  await world.ec2.send(new StopInstancesCommand({ InstanceIds: [id] }))
  await clock.forward(400)
  expect(await look(id)).toMatchObject({ State: { Name: 'stopped' }, PrivateIpAddress: address })
  await world.ec2.send(new StartInstancesCommand({ InstanceIds: [id] }))
  expect(await stateOf(id)).toBe('pending')
  await clock.forward(500)
  expect(await look(id)).toMatchObject({ State: { Name: 'running' }, PrivateIpAddress: address })
  expect(machines.booted).toHaveLength(2)
  expect(machines.of(id).spec.userData).toBeNull()
})

test('a rebooted instance stays running; events of its old machine are nobody’s', async () => {
  const [id = ''] = await run(world)
  await clock.forward(500)
  const old = machines.of(id)
  await world.ec2.send(new RebootInstancesCommand({ InstanceIds: [id] }))
  await clock.forward(1)
  expect(machines.booted).toHaveLength(2)
  old.events.poweroff()
  old.events.lost()
  await clock.forward(1000)
  expect(await stateOf(id)).toBe('running')
  expect(world.agents).toEqual([`lost ${id}`])
})

test('terminating twice, and stopping what is gone, answer as EC2 does', async () => {
  const [id = ''] = await run(world)
  const first = await world.ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }))
  const second = await world.ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }))
  expect(first.TerminatingInstances?.[0]?.PreviousState?.Name).toBe('pending')
  expect(second.TerminatingInstances?.[0]).toMatchObject({
    PreviousState: { Name: 'shutting-down' },
    CurrentState: { Name: 'shutting-down' },
  })
  const refused = await refusal(world.ec2.send(new StopInstancesCommand({ InstanceIds: [id] })))
  expect(refused).toEqual({
    code: 'IncorrectInstanceState',
    message: `The instance '${id}' is not in a state from which it can be stopped.`,
    status: 400,
  })
})

test('the console shows the end of the user data’s log', async () => {
  const [id = ''] = await run(world)
  machines.of(id).events.userDataEnded(1, 'line\nfailed\n')
  const { Output = '' } = await world.ec2.send(new GetConsoleOutputCommand({ InstanceId: id }))
  expect(Buffer.from(Output, 'base64').toString()).toBe('line\nfailed\n')
})

test('scripted accidents: a mute agent, an end while pending, a host that dies', async () => {
  const { faults } = world.sandbox.world
  faults.add({ kind: 'mute-agent', count: 1 })
  const [mute = ''] = await run(world)
  machines.of(mute).events.online()
  expect(world.agents).toEqual([])

  faults.add({ kind: 'dies-pending', count: 1 })
  const [unborn = ''] = await run(world)
  await clock.forward(500)
  expect(await look(unborn)).toMatchObject({
    State: { Name: 'terminated' },
    StateReason: { Code: 'Server.InternalError' },
  })

  faults.add({ kind: 'node-dies', afterMs: 2000, count: 1 })
  const [dying = ''] = await run(world)
  await clock.forward(2000)
  expect(machines.of(dying).destroyed).toBe(true)
  expect(world.agents).toContain(`lost ${dying}`)
  expect(await stateOf(dying)).toBe('running')
  const { InstanceStatuses } = await world.ec2.send(new DescribeInstanceStatusCommand({ InstanceIds: [dying] }))
  expect(InstanceStatuses?.[0]?.SystemStatus?.Status).toBe('impaired')
  expect(faults.list()).toEqual([])
})

test('a Spot interruption is announced in the metadata and carried out two minutes later', async () => {
  const [id = ''] = await run(world, { InstanceMarketOptions: { MarketType: 'spot' } })
  await clock.forward(500)
  expect((await look(id)).InstanceLifecycle).toBe('spot')
  const { spec } = machines.of(id)
  expect(spec.metadata('meta-data/spot/instance-action')).toBeUndefined()
  world.sandbox.world.faults.add({ kind: 'spot-interruption', instanceId: id })
  await clock.forward(1000)
  const notice = JSON.parse(spec.metadata('meta-data/spot/instance-action') ?? '') as { action: string; time: string }
  expect(notice.action).toBe('terminate')
  expect(Math.abs(Date.parse(notice.time) - (clock.now() + 120_000))).toBeLessThan(2000)
  expect(spec.metadata('meta-data/events/recommendations/rebalance')).toMatch(/noticeTime/)
  expect(await stateOf(id)).toBe('running')
  await clock.forward(121_000)
  expect(await look(id)).toMatchObject({
    State: { Name: 'terminated' },
    StateReason: { Code: 'Server.SpotInstanceTermination' },
  })
})

test('what was just written is not described yet', async () => {
  const lagging = await startEc2({ clock, machines, pace: { pendingMs: 500, describeLagMs: 200 } })
  try {
    const [id = ''] = await run(lagging)
    const byId = new DescribeInstancesCommand({ InstanceIds: [id] })
    const byFilter = new DescribeInstancesCommand({ Filters: [{ Name: 'instance-type', Values: ['c7g.large'] }] })
    expect((await refusal(lagging.ec2.send(byId))).code).toBe('InvalidInstanceID.NotFound')
    expect((await lagging.ec2.send(byFilter)).Reservations).toEqual([])
    await clock.forward(200)
    expect((await lagging.ec2.send(byId)).Reservations).toHaveLength(1)
    await lagging.ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }))
    const before = await lagging.ec2.send(byId)
    expect(before.Reservations?.[0]?.Instances?.[0]?.State?.Name).toBe('pending')
    await clock.forward(200)
    const after = await lagging.ec2.send(byId)
    expect(after.Reservations?.[0]?.Instances?.[0]?.State?.Name).not.toBe('pending')
  } finally {
    await lagging.close()
  }
})
