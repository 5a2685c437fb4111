import { expect, it } from 'vitest'
import { fitImage } from '../../../src/app/fleet/fit-image.ts'
import { raiseFleet } from '../../../src/app/fleet/raise.ts'
import { planFleet } from '../../../src/app/plan/plan-fleet.ts'
import { fakeServices } from '../../fakes/services.ts'
import { facts } from '../core/plan/model-world.ts'
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

it.each([
  [
    'another image where it lacks ENA',
    { architecture: 'x86_64', ena: false },
    /^image: one that is enabled for ENA in /,
  ],
  ['another type where it is of another architecture', { architecture: 'arm64', ena: true }, /^type: one of arm64 in /],
] as const)('%s is what helps', async (_, image, hint) => {
  const compute = { imageFacts: async () => ({ id: 'ami-1', name: 'one', rootDeviceName: null, ...image }) }
  const type = { ...facts, architecture: 'x86_64', ena: 'required' } as const
  await expect(fitImage({ name: 'hpc', image: 'ami-1' }, type, compute)).rejects.toMatchObject({
    code: 'ImageUnfit',
    suggestions: [expect.anything(), expect.stringMatching(hint)],
  })
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
