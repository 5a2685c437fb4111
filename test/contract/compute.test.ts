import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { subnetFor } from '../../src/core/network/fleet-network.ts'
import { INSTANCE_TYPE, launched, preparedFleet, templateRequest, zoneOf } from './worlds/fleet.ts'
import { setups } from './worlds/setups.ts'
import type { ContractWorld } from './worlds/world.ts'

const AL2023 = (architecture: string) =>
  `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`

describe.each(setups)('Compute: $name', ({ open }) => {
  let world: ContractWorld

  beforeEach(async () => {
    world = await open()
  })
  afterEach(() => world.close())

  const nodesOf = async (fleet = 'f') => (await world.compute.observe(fleet)).nodes
  const allAre = (state: string) => async () => (await nodesOf()).every((node) => node.state === state)
  const isShown =
    <P extends 'securityGroup' | 'placementGroup' | 'template'>(part: P) =>
    async () =>
      (await world.compute.observe('f'))[part] ?? undefined
  const isGone = (part: 'securityGroup' | 'placementGroup' | 'template') => async () =>
    (await world.compute.observe('f'))[part] === null

  it('knows instance types and where they are sold', async () => {
    expect(await world.compute.facts(INSTANCE_TYPE)).toMatchObject({
      instanceType: INSTANCE_TYPE,
      architecture: 'arm64',
      cores: 64,
      vcpus: 64,
      memoryMiB: 131_072,
      gpus: 0,
      efaInterfaces: 1,
      networkCards: [{ index: 0, maxInterfaces: 4, kinds: null }],
      placements: expect.arrayContaining(['cluster']),
      purchases: ['on-demand'],
      ena: 'required',
    })
    const zone = await zoneOf(world)
    const network = await world.compute.network(null)
    expect(network).toMatchObject({ origin: 'default', vpc: expect.stringMatching(/^vpc-/), groups: null })
    expect(subnetFor(network, zone)).toMatchObject({ zone, id: expect.stringMatching(/^subnet-/) })
  })

  it('names the nearest types for one that there is not', async () => {
    await expect(world.compute.facts('hpc7g.16xlrge')).rejects.toMatchObject({
      code: 'InstanceTypeUnknown',
      data: { nearest: expect.arrayContaining([INSTANCE_TYPE]) },
    })
  })

  it('finds the types that meet a need, the smallest first', async () => {
    const need = { cores: 64, memoryMiB: 131_072, architecture: 'arm64' as const, gpus: 0 }
    const found = await world.compute.typesFor(need)
    expect(found.map((one) => one.instanceType)).toEqual(expect.arrayContaining([INSTANCE_TYPE, 'c7gn.16xlarge']))
    expect(found.every((one) => one.cores >= 64 && one.architecture === 'arm64' && one.zones.length > 0)).toBe(true)
    const sizes = found.filter((one) => one.gpus === 0).map((one) => one.cores)
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
    expect(await world.compute.typesFor({ ...need, cores: 100_000 })).toEqual([])
  })

  it('knows the image that a type boots, and none of a wrong name', async () => {
    const { compute } = world
    const image = await compute.imageFacts(AL2023('arm64'))
    expect(image).toMatchObject({ architecture: 'arm64', ena: true, rootDeviceName: '/dev/xvda' })
    expect(await compute.imageFacts(image?.id ?? '')).toEqual(image)
    expect((await compute.imageFacts(AL2023('x86_64')))?.architecture).toBe('x86_64')
    expect(await compute.imageFacts('ami-0000000000000dead')).toBeNull()
  })

  it('sees nothing of a fleet that was never made', async () => {
    expect(await world.compute.observe('nobody')).toEqual({
      name: 'nobody',
      securityGroup: null,
      placementGroup: null,
      template: null,
      nodes: [],
    })
    expect(await world.compute.fleets()).toEqual([])
  })

  it('makes what surrounds a fleet once, however often it is asked', async () => {
    const { compute } = world
    const { vpc } = await compute.network(null)
    const group = await compute.ensureSecurityGroup('f', 'a', vpc)
    const again = await compute.ensureSecurityGroup('f', 'b', vpc)
    expect(again).toEqual(group)
    expect(await compute.ensurePlacementGroup('f', 'a', 'cluster')).toEqual(
      await compute.ensurePlacementGroup('f', 'b', 'cluster'),
    )
    const request = templateRequest('f', group.id)
    const template = await compute.ensureTemplate(request)
    expect(await compute.ensureTemplate(request)).toEqual(template)
    const shown = await world.until('the template is shown', isShown('template'))
    expect(shown).toEqual({ ...template, fingerprint: 'print-1', createdAt: expect.any(Number) })
    expect(await world.until('the group is shown', isShown('securityGroup'))).toEqual(group)
    const placement = await world.until('the placement group is shown', isShown('placementGroup'))
    expect(placement).toMatchObject({ name: 'muster-f' })
    expect(await compute.fleets()).toEqual(['f'])
  })

  it('makes a new version of a template whose content is another', async () => {
    const { compute } = world
    const { id } = await compute.ensureSecurityGroup('f', 'a', (await compute.network(null)).vpc)
    const first = await compute.ensureTemplate(templateRequest('f', id))
    await world.until('the template is shown', isShown('template'))
    const second = await compute.ensureTemplate({ ...templateRequest('f', id), fingerprint: 'print-2' })
    expect(second).toEqual({ id: first.id, version: first.version + 1 })
    await world.until('the new version is shown', async () => {
      const shown = (await compute.observe('f')).template
      return shown?.fingerprint === 'print-2' && shown.version === second.version
    })
  })

  it('launches a whole cohort that is shown at once, comes up, and is online', async () => {
    const request = await preparedFleet(world, 'f', 3)
    const ids = await world.compute.launchCohort(request)
    expect(new Set(ids).size).toBe(3)
    expect((await nodesOf()).map((node) => node.id).toSorted()).toEqual(ids.toSorted())
    await world.until('they are online', async () => (await world.remote.online(ids)).size === 3)
    await world.until('they run', allAre('running'))
    const nodes = await nodesOf()
    for (const node of nodes) {
      expect(node).toMatchObject({ cohort: 'c0x3', instanceType: INSTANCE_TYPE, zone: request.zone, stateReason: null })
      expect(node.efaInterfaces).toBe(1)
      expect(node.privateIp).toMatch(/^\d+\.\d+\.\d+\.\d+$/)
      expect(node.hostname).toMatch(/^ip-/)
      expect(node.launchedAt).toBeGreaterThan(1e12)
      expect(node.stages.size).toBe(0)
    }
    expect(new Set(nodes.map((node) => node.privateIp)).size).toBe(3)
  })

  it('launches once for one token', async () => {
    const request = await preparedFleet(world)
    const ids = await world.compute.launchCohort(request)
    expect((await world.compute.launchCohort(request)).toSorted()).toEqual(ids.toSorted())
    expect(await nodesOf()).toHaveLength(2)
  })

  it('keeps fleets apart', async () => {
    const [f, g] = [await preparedFleet(world, 'f', 1), await preparedFleet(world, 'g', 1)]
    await world.compute.launchCohort(f)
    const [second] = await world.compute.launchCohort({ ...g, action: 'other' })
    expect((await nodesOf('g')).map((node) => node.id)).toEqual([second])
    expect(await world.compute.fleets()).toEqual(['f', 'g'])
  })

  it('launches nothing where there is no room, and elsewhere or later does', async () => {
    const request = await preparedFleet(world)
    world.shortage(request.zone, 1)
    await expect(world.compute.launchCohort(request)).rejects.toMatchObject({
      code: 'CapacityShortage',
      data: { zone: request.zone, instanceType: INSTANCE_TYPE, awsCode: 'InsufficientInstanceCapacity' },
    })
    expect(await nodesOf()).toEqual([])
    expect(await world.compute.launchCohort({ ...request, token: 'another' })).toHaveLength(2)
  })

  it('undoes a cohort that is not whole', async () => {
    const request = await preparedFleet(world, 'f', 4)
    world.partial(2)
    // A cloud that keeps its word launches nothing at all.
    const code = expect.stringMatching(/^(PartialCohort|CapacityShortage)$/)
    await expect(world.compute.launchCohort(request)).rejects.toMatchObject({ code })
    await world.until('nothing of it lives', allAre('terminated'))
  })

  it('remembers stages, the last word counting', async () => {
    const ids = await launched(world, await preparedFleet(world))
    await world.compute.markStages(ids, new Set(['installed']))
    await world.compute.markStages(ids, new Set(['mounted', 'installed']))
    await world.until('the stages are shown', async () =>
      (await nodesOf()).every((node) => [...node.stages].toSorted().join() === 'installed,mounted'),
    )
  })

  it('shows which nodes drain, and the new name of those that stay', async () => {
    const [first = '', second = ''] = await launched(world, await preparedFleet(world))
    await world.compute.markDraining([first])
    await world.compute.renameCohort([second], 'c0x1')
    await world.until('both are shown', async () => {
      const shown = new Map((await nodesOf()).map((node) => [node.id, node]))
      return shown.get(first)?.draining === true && shown.get(second)?.cohort === 'c0x1'
    })
    expect((await nodesOf()).find((node) => node.id === second)?.draining).toBe(false)
  })

  const markOf = async (id: string) => (await nodesOf()).find((node) => node.id === id)?.mark

  it('shows which nodes are quarantined since when and why, and which are well again', async () => {
    const [first = '', second = ''] = await launched(world, await preparedFleet(world))
    const mark = { by: 'check', since: Date.UTC(2026, 10, 23, 22, 30), why: '0 of 1 EFA interfaces answer' } as const
    await world.compute.quarantine([first], mark)
    await world.until('it is shown', async () => (await markOf(first))?.by === 'check')
    expect(await markOf(first)).toEqual(mark)
    expect(await markOf(second)).toBeNull()
    await world.compute.quarantine([first], { ...mark, by: 'released' })
    await world.until('it is well again', async () => (await markOf(first))?.by === 'released')
  })

  it('shows why a node ended by itself', async () => {
    const [first = '', second = ''] = await launched(world, await preparedFleet(world))
    world.powerOff(first)
    const ended = await world.until('it ends', async () =>
      (await nodesOf()).find((node) => node.id === first && node.state === 'terminated'),
    )
    expect(ended.stateReason).toContain('Client.InstanceInitiatedShutdown')
    expect((await nodesOf()).find((node) => node.id === second)?.state).toBe('running')
    expect(await world.remote.online([first])).toEqual(new Set())
  })

  it('takes a fleet down in order, and refuses what is still held', async () => {
    const { compute } = world
    const request = await preparedFleet(world)
    const ids = await launched(world, request)
    const group = await world.until('the group is shown', isShown('securityGroup'))
    await expect(compute.removePlacementGroup('muster-f')).rejects.toMatchObject({ code: 'FleetBusy' })
    await expect(compute.removeSecurityGroup(group.id)).rejects.toMatchObject({ code: 'FleetBusy' })
    await compute.terminate(ids)
    await compute.terminate([...ids, 'i-0000000000000dead'])
    await world.until('they are terminated', allAre('terminated'))
    for (let time = 0; time < 2; time += 1) {
      await compute.removePlacementGroup('muster-f')
      await compute.removeTemplate(request.templateId)
      await compute.removeSecurityGroup(group.id)
    }
    await world.until('the placement group is gone', isGone('placementGroup'))
    await world.until('the template is gone', isGone('template'))
    await world.until('the security group is gone', isGone('securityGroup'))
    await world.until('no fleet is left', async () => (await compute.fleets()).length === 0)
  })

  it('makes a fleet again under the same name', async () => {
    const first = await preparedFleet(world)
    await world.compute.terminate(await world.compute.launchCohort(first))
    await world.until('they are terminated', allAre('terminated'))
    await world.compute.removePlacementGroup('muster-f')
    await world.compute.removeTemplate(first.templateId)
    await world.until('the template is gone', isGone('template'))
    const second = await preparedFleet(world)
    const ids = await world.compute.launchCohort({ ...second, token: 'second' })
    expect((await nodesOf()).filter((node) => ids.includes(node.id))).toHaveLength(2)
  })
})
