import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { launched, preparedFleet } from './worlds/fleet.ts'
import { setups } from './worlds/setups.ts'
import type { ContractWorld } from './worlds/world.ts'

describe.each(setups)('Quotas: $name', ({ open }) => {
  let world: ContractWorld

  beforeEach(async () => {
    world = await open()
  })
  afterEach(() => world.close())

  it('tell which quota a type counts against, and count what runs', async () => {
    const { quotas } = world
    const hpc = { code: 'L-F7808C92', name: 'Running On-Demand HPC instances' }
    const before = await quotas.vcpus('hpc7g.16xlarge', 'on-demand')
    expect(before).toMatchObject({ ...hpc, used: 0 })
    expect(before?.limit).toBeGreaterThan(0)
    await launched(world, await preparedFleet(world))
    expect(await quotas.vcpus('hpc6a.48xlarge', 'on-demand')).toEqual({ ...before, used: 128 })
    expect(await quotas.vcpus('c7gn.16xlarge', 'on-demand')).toMatchObject({ code: 'L-1216C47A', used: 0 })
    expect(await quotas.vcpus('c7gn.16xlarge', 'spot')).toMatchObject({ code: 'L-34B43A08', used: 0 })
  })

  it('are none for capacity that is reserved already', async () => {
    expect(await world.quotas.vcpus('p4d.24xlarge', 'capacity-block')).toBeNull()
    expect(await world.quotas.vcpus('c7gn.16xlarge', 'reservation')).toBeNull()
  })
})
