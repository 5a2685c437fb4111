import { describe, expect, it } from 'vitest'
import { fakeServices } from '../../fakes/services.ts'
import { scratch } from '../../fakes/scratch.ts'

/** The fake cloud's own levers; what it promises as a port is in the contract suite. */
async function raised(count = 2) {
  const services = fakeServices()
  const { compute } = services
  const { name: placementGroup } = await compute.ensurePlacementGroup('f', 'a', 'cluster')
  const { id: securityGroupId } = await compute.ensureSecurityGroup('f', 'a', 'vpc-1')
  const template = await compute.ensureTemplate({
    fleet: 'f',
    action: 'a',
    instanceType: 'hpc7g.16xlarge',
    purchase: 'on-demand',
    reservation: null,
    image: 'ami-0000000000000a64',
    rootDevice: '/dev/xvda',
    instanceProfile: null,
    securityGroupIds: [securityGroupId],
    interfaces: [{ cardIndex: 0, deviceIndex: 0, kind: 'interface' }],
    userData: '',
    fingerprint: 'x',
  })
  const request = {
    fleet: 'f',
    cohort: 'c1',
    action: 'a',
    token: 't1',
    templateId: template.id,
    templateVersion: template.version,
    instanceType: 'hpc7g.16xlarge',
    zone: 'us-east-1a',
    subnetId: 'subnet-us-east-1a',
    count,
    placementGroup,
    purchase: 'on-demand' as const,
    reservation: null,
  }
  return { services, compute, request, securityGroupId }
}

describe('fake compute', () => {
  it('brings nodes up with the clock and online after that', async () => {
    const { services, compute, request } = await raised()
    const ids = await compute.launchCohort(request)
    expect((await compute.observe('f')).nodes.map((n) => n.state)).toEqual(['pending', 'pending'])
    expect(await services.remote.online(ids)).toEqual(new Set())
    await services.clock.sleep(3000)
    expect((await compute.observe('f')).nodes.map((n) => n.state)).toEqual(['running', 'running'])
    expect(await services.remote.online(ids)).toEqual(new Set(ids))
  })

  it('refuses for lack of capacity until there is plenty', async () => {
    const { compute, request } = await raised()
    compute.shortage('*', 'us-east-1a')
    await expect(compute.launchCohort(request)).rejects.toMatchObject({ code: 'CapacityShortage' })
    expect(await compute.launchCohort({ ...request, zone: 'us-east-1b' })).toHaveLength(2)
    compute.plenty()
    expect(await compute.launchCohort({ ...request, token: 't2' })).toHaveLength(2)
  })

  it('undoes a partial cohort', async () => {
    const { compute, request, services } = await raised(4)
    compute.partial(3)
    await expect(compute.launchCohort(request)).rejects.toMatchObject({ code: 'PartialCohort' })
    await services.clock.sleep(1000)
    expect(compute.alive('f')).toEqual([])
    expect(await compute.launchCohort({ ...request, token: 't2' })).toHaveLength(4)
  })

  it('kills nodes and silences agents', async () => {
    const { compute, request, services } = await raised(2)
    compute.muteAgents(1)
    const [mute = '', loud = ''] = await compute.launchCohort(request)
    await services.clock.sleep(5000)
    expect([compute.isOnline(mute), compute.isOnline(loud)]).toEqual([false, true])
    compute.kill(loud, 'Server.InternalError')
    expect(compute.isOnline(loud)).toBe(false)
    const dead = (await compute.observe('f')).nodes.find((n) => n.id === loud)
    expect(dead).toMatchObject({ state: 'shutting-down', stateReason: 'Server.InternalError' })
  })

  it('holds the security group while a file system has it', async () => {
    const { compute, services, securityGroupId } = await raised()
    const spec = scratch()
    const { id } = await services.storage.create({
      fleet: 'f',
      action: 'a',
      token: 's',
      spec,
      subnetId: 'subnet-1',
      securityGroupIds: [securityGroupId],
    })
    await expect(compute.removeSecurityGroup(securityGroupId)).rejects.toMatchObject({ code: 'FleetBusy' })
    await services.storage.remove(id)
    await services.clock.sleep(2000)
    await compute.removeSecurityGroup(securityGroupId)
    expect((await compute.observe('f')).securityGroup).toBeNull()
  })
})
