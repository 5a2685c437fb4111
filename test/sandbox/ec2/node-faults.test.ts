import { DescribeInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusal, run, startEc2 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'
import { manualClock } from './manual-clock.ts'
import type { ManualClock } from './manual-clock.ts'
import { scriptedMachines } from './scripted-machines.ts'
import type { ScriptedMachines } from './scripted-machines.ts'

let world: Ec2World
let clock: ManualClock
let machines: ScriptedMachines

beforeEach(async () => {
  clock = manualClock()
  machines = scriptedMachines()
  world = await startEc2({ clock, machines })
})

afterEach(() => world.close())

const script = (fault: Parameters<typeof world.sandbox.world.faults.add>[0]) => world.sandbox.world.faults.add(fault)

test('an agent that flaps registers, is lost, and comes back; the next instance is whole', async () => {
  script({ kind: 'agent-flaps', afterMs: 1_000, forMs: 30_000, count: 1 })
  const [first = ''] = await run(world)
  const [second = ''] = await run(world)
  for (const id of [first, second]) machines.of(id).events.online()
  await clock.forward(1_000)
  expect(world.agents).toEqual([`online ${first}`, `online ${second}`, `lost ${first}`])
  await clock.forward(30_000)
  expect(world.agents.slice(3)).toEqual([`online ${first}`])
})

test('an instance that is hidden is unknown to describe calls for a while, and to nothing else', async () => {
  script({ kind: 'instance-hidden', forMs: 10_000, count: 1 })
  const [id = ''] = await run(world)
  const byId = () => world.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
  expect(await refusal(byId())).toMatchObject({
    code: 'InvalidInstanceID.NotFound',
    message: `The instance ID '${id}' does not exist`,
  })
  expect((await world.ec2.send(new DescribeInstancesCommand({}))).Reservations).toEqual([])
  await clock.forward(10_000)
  expect((await byId()).Reservations).toHaveLength(1)
  await world.ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }))
})

const given = (id: string): string => Buffer.from(machines.of(id).spec.userData ?? []).toString()

test('user data that is to fail ends with its exit code and says so; what has none stays without', async () => {
  script({ kind: 'user-data-fails', exitCode: 7, count: 1 })
  const UserData = Buffer.from('#!/bin/sh\necho mine\n').toString('base64')
  const [bare = ''] = await run(world)
  const [failing = ''] = await run(world, { UserData })
  const [whole = ''] = await run(world, { UserData })
  expect(given(bare)).toBe('')
  expect(given(failing)).toMatch(/made to fail'\nexit 7\n$/)
  expect(given(whole)).toContain('echo mine')
})

test('a mount that is to hang gets no answer, the next one does', async () => {
  script({ kind: 'mount-hangs', count: 1 })
  const { spec } = machines.of((await run(world))[0] ?? '')
  expect(spec.mount('fs-1', 'abc')).toEqual({ hangs: true })
  expect(spec.mount('fs-1', 'abc')).toEqual({ refusal: 'there are no file systems in this sandbox' })
})
