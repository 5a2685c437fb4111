import { describe, expect, it } from 'vitest'
import { bakeImage } from '../../../src/app/image/bake.ts'
import { deleteImage, listImages } from '../../../src/app/image/images.ts'
import { fakeServices } from '../../fakes/services.ts'
import { FLEET, playNodes, scriptsRun } from './sample.ts'

function world() {
  const services = fakeServices()
  playNodes(services)
  return services
}
const request = { fleet: FLEET, name: 'mine', approval: { yes: true } } as const

describe('baking an image', () => {
  it('makes it on a small node of the same architecture, and leaves nothing else', async () => {
    const services = world()
    const baked = await bakeImage(request, services)
    expect(baked).toMatchObject({ fleet: 'hpc', name: 'mine', image: expect.stringMatching(/^ami-/) })
    const [template] = services.compute.calls.find(({ name }) => name === 'ensureTemplate')?.args ?? []
    expect(template).toMatchObject({ fleet: 'hpc-bake' })
    const { instanceType } = template as { readonly instanceType: string }
    expect(instanceType).not.toBe('hpc7g.16xlarge')
    expect((await services.compute.facts(instanceType)).architecture).toBe('arm64')
    expect(scriptsRun(services)).toContain('muster: bake')
    expect(await services.compute.fleets()).toEqual([])
    expect((await listImages(services)).images).toMatchObject([
      { id: baked.image, state: 'available', fleet: 'hpc', contents: baked.contents },
    ])
    expect(services.events.types().at(-1)).toBe('image.baked')
  })

  it('that the cloud cannot make is removed again, with its node, and says why', async () => {
    const services = world()
    services.images.failNextImage('Client.InternalError: no')
    await expect(bakeImage(request, services)).rejects.toMatchObject({
      code: 'ImageFailed',
      message: expect.stringMatching(/^image ami-\d+ could not be made: Client.InternalError: no$/),
    })
    expect(await services.compute.fleets()).toEqual([])
    expect(await services.images.observe()).toEqual([])
  })

  it('on a node that cannot be cleaned makes none', async () => {
    const services = world()
    playNodes(services, { bake: { exitCode: 70, stderr: 'muster: a process node' } })
    await expect(bakeImage(request, services)).rejects.toMatchObject({ code: 'ImageFailed' })
    expect(services.images.called('create')).toBe(0)
    expect(await services.compute.fleets()).toEqual([])
  })

  it('under a name that is taken is refused before anything is made', async () => {
    const services = world()
    await bakeImage(request, services)
    const before = services.compute.called('launchCohort')
    await expect(bakeImage(request, services)).rejects.toMatchObject({
      code: 'ImageUnfit',
      message: expect.stringContaining('there is an image mine already: ami-'),
    })
    expect(services.compute.called('launchCohort')).toBe(before)
  })

  it('has the same contents for the same fleet, and others where what is installed differs', async () => {
    const services = world()
    const bake = async (name: string, change: object = {}) =>
      (await bakeImage({ ...request, name, fleet: { ...FLEET, ...change } }, services)).contents
    const first = await bake('one')
    expect(await bake('two', { leaseS: 7200, nodes: 7 })).toBe(first)
    expect(await bake('three', { userData: 'dnf install -y fftw' })).not.toBe(first)
    expect(await bake('four', { storage: null })).not.toBe(first)
  })
})

it('an image is removed by name or id; one that is not there is named with the nearest', async () => {
  const services = world()
  const { image } = await bakeImage(request, services)
  await expect(deleteImage('mime', services)).rejects.toMatchObject({
    code: 'ImageUnknown',
    suggestions: ['muster image delete mine'],
  })
  expect(await deleteImage('mine', services)).toEqual({ image, name: 'mine' })
  expect(await listImages(services)).toEqual({ images: [] })
})
