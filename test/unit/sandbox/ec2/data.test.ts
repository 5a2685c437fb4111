import { expect, test } from 'vitest'
import { imageOfParameter, publicImages } from '../../../../src/sandbox/services/ec2/state/images.ts'
import { instanceTypes, offeringsOf, regionNames } from '../../../../src/sandbox/services/ec2/state/instance-types.ts'

test('every offered type is described, and every described type is offered somewhere', () => {
  const offered = new Set(regionNames().flatMap((region) => [...offeringsOf(region).keys()]))
  for (const name of instanceTypes().keys()) expect(offered.has(name), name).toBe(true)
  expect(instanceTypes().get('hpc7g.16xlarge')).toMatchObject({ NetworkInfo: { EfaSupported: true } })
})

test('zones of an offering lie in its region', () => {
  for (const region of regionNames())
    for (const [type, zones] of offeringsOf(region))
      for (const zone of zones)
        expect(zone.startsWith(region) && zone.length === region.length + 1, `${type} ${zone}`).toBe(true)
})

test('public images have ids of their own in every region, the same in every run', () => {
  const ids = regionNames().flatMap((region) => publicImages(region).map((image) => image.id))
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^ami-[0-9a-f]{17}$/)
  const name = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64'
  expect(imageOfParameter('us-east-1', name)).toEqual(imageOfParameter('us-east-1', name))
  expect(imageOfParameter('us-east-1', name)?.architecture).toBe('arm64')
})
