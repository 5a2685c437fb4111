import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { launched, preparedFleet } from './worlds/fleet.ts'
import { setups } from './worlds/setups.ts'
import type { ContractWorld } from './worlds/world.ts'

describe.each(setups)('RemoteExec: $name', ({ open }) => {
  let world: ContractWorld

  beforeEach(async () => {
    world = await open()
  })
  afterEach(() => world.close())

  const script = { comment: 'try', text: 'true', timeoutS: 30 }

  it('has nobody online who was never launched', async () => {
    expect(await world.remote.online([])).toEqual(new Set())
    expect(await world.remote.online(['i-00000000000000000'])).toEqual(new Set())
  })

  it('gives each node the script and gives back what each said', async () => {
    const ids = await launched(world, await preparedFleet(world, 'f', 3))
    const got: string[] = []
    world.answer((nodeId, { text }) => {
      got.push(text)
      return { exitCode: ids.indexOf(nodeId), stdout: `from ${nodeId}`, stderr: 'oh' }
    })
    const text = 'echo \'a  b\' "$HOME" {{braces}}\nexit 3 # ü'
    const results = await world.remote.run(ids, { ...script, text: 'one\ntwo' })
    expect(results).toEqual(
      ids.map((nodeId, n) => ({
        nodeId,
        outcome: n === 0 ? 'success' : 'failed',
        exitCode: n,
        stdout: `from ${nodeId}`,
        // The agent adds a line of its own where a script fails.
        stderr: expect.stringMatching(/^oh/),
      })),
    )
    expect(got).toEqual(['one\ntwo', 'one\ntwo', 'one\ntwo'])
    expect(await world.remote.run(ids.slice(0, 1), { ...script, text })).toMatchObject([{ outcome: 'success' }])
  })

  it('runs on all nodes at once', async () => {
    const ids = await launched(world, await preparedFleet(world, 'f', 4))
    let arrived = 0
    const together = Promise.withResolvers<void>()
    world.answer(async () => {
      arrived += 1
      if (arrived === ids.length) together.resolve()
      await together.promise
    })
    const results = await world.remote.run(ids, script)
    expect(results.map((one) => one.outcome)).toEqual(ids.map(() => 'success'))
  })

  it('tells nodes something without waiting for it; who cannot be reached goes without', async () => {
    const ids = await launched(world, await preparedFleet(world, 'f', 2))
    const got: string[] = []
    world.answer((nodeId) => {
      got.push(nodeId)
      return {}
    })
    await world.remote.tell([...ids, 'i-00000000000000000'], script)
    await expect.poll(() => got.toSorted()).toEqual(ids.toSorted())
  })

  it('does the rest where a node is gone', async () => {
    const [first = '', second = ''] = await launched(world, await preparedFleet(world))
    await world.compute.terminate([first])
    await world.until('it is offline', async () => !(await world.remote.online([first])).has(first))
    expect(await world.remote.run([first, second], script)).toMatchObject([
      { nodeId: first, outcome: 'undelivered', exitCode: -1 },
      { nodeId: second, outcome: 'success', exitCode: 0 },
    ])
  })

  it('counts a node whose agent never registers as offline', async () => {
    world.muteAgents(1)
    const ids = await world.compute.launchCohort(await preparedFleet(world))
    const online = await world.until('the other is online', async () => {
      const now = await world.remote.online(ids)
      return now.size === 1 && now
    })
    expect(ids).toContain([...online][0])
  })

  it('rejects with the reason when it is aborted', async () => {
    const ids = await launched(world, await preparedFleet(world))
    const controller = new AbortController()
    world.answer(async () => {
      controller.abort(new Error('enough'))
      await new Promise((resolve) => setTimeout(resolve, 50))
    })
    await expect(world.remote.run(ids, script, controller.signal)).rejects.toThrow('enough')
    await expect(world.remote.run(ids, script, controller.signal)).rejects.toThrow('enough')
  })
})
