import { expect, it } from 'vitest'
import { raiseFleet } from '../../../src/app/fleet/raise.ts'
import { planFleet } from '../../../src/app/plan/plan-fleet.ts'
import { fakeServices } from '../../fakes/services.ts'
import { FLEET, playNodes } from './sample.ts'

async function idOf(architecture: 'x86_64' | 'arm64'): Promise<string> {
  return (await fakeServices().compute.imageFacts(`/al2023-${architecture}`))?.id ?? ''
}

it.each([
  ['planned', planFleet],
  ['raised', raiseFleet],
])('an image of another architecture is refused before anything is %s, naming both', async (_, use) => {
  const services = fakeServices()
  const image = await idOf('x86_64')
  await expect(use({ ...FLEET, image }, services)).rejects.toMatchObject({
    code: 'ImageUnfit',
    message: expect.stringMatching(new RegExp(`${image}.* is for x86_64, but hpc7g.16xlarge is arm64`)),
  })
  expect(await services.compute.fleets()).toEqual([])
})

it('an image that is not there is refused, naming it', async () => {
  await expect(planFleet({ ...FLEET, image: 'ami-0000000000000dead' }, fakeServices())).rejects.toMatchObject({
    code: 'ImageUnfit',
    message: expect.stringContaining('no image ami-0000000000000dead'),
  })
})

it('nodes are launched from the image itself, with its root device encrypted', async () => {
  const services = fakeServices()
  playNodes(services)
  await raiseFleet(FLEET, services)
  const [request] = services.compute.calls.find(({ name }) => name === 'ensureTemplate')?.args ?? []
  expect(request).toMatchObject({ image: await idOf('arm64'), rootDevice: '/dev/xvda' })
})
