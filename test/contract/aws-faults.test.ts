import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { launched, preparedFleet } from './worlds/fleet.ts'
import { openSandboxWorld } from './worlds/sandbox.ts'

/** What the adapters make of an endpoint that throttles: nothing that a user sees, and nothing done twice. */
describe('AWS adapters at a sandbox that throttles', () => {
  let world: Awaited<ReturnType<typeof openSandboxWorld>>

  beforeEach(async () => {
    world = await openSandboxWorld()
  })
  afterEach(() => world.close())

  it('launch one cohort', async () => {
    const request = await preparedFleet(world)
    world.fault({ kind: 'throttle', operation: 'ec2:CreateFleet', count: 2 })
    const ids = await world.compute.launchCohort(request)
    expect(ids).toHaveLength(2)
    expect((await world.compute.observe('f')).nodes).toHaveLength(2)
  })

  it('run a script once', async () => {
    const ids = await launched(world, await preparedFleet(world))
    const ran: string[] = []
    world.answer((nodeId) => void ran.push(nodeId))
    world.fault({ kind: 'throttle', operation: 'ssm:SendCommand', count: 2 })
    world.fault({ kind: 'throttle', operation: 'ssm:ListCommandInvocations', count: 1 })
    const results = await world.remote.run(ids, { comment: 'c', text: 'true', timeoutS: 30 })
    expect(results.map((one) => one.outcome)).toEqual(['success', 'success'])
    expect(ran.toSorted()).toEqual([...ids].toSorted())
  })

  it('keep objects', async () => {
    world.fault({ kind: 'throttle', operation: 's3:*', count: 3 })
    await world.objects.ensure()
    await world.objects.putBytes('key', Buffer.from('content'))
    expect(await world.objects.getBytes('key')).toEqual(Uint8Array.from(Buffer.from('content')))
  })

  it('get through when one call in five is throttled, whichever it is', async () => {
    world.fault({ kind: 'throttle', operation: '*', rate: 0.2 })
    const request = await preparedFleet(world, 'f', 4)
    const ids = await launched(world, request)
    await world.compute.terminate(ids)
    await world.until('all are terminated', async () =>
      (await world.compute.observe('f')).nodes.every((node) => node.state === 'terminated'),
    )
  })
})
