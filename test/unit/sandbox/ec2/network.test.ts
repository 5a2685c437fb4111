import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  defaultSubnet,
  freeAddresses,
  giveAddressBack,
  hostnameOf,
  takeAddress,
} from '../../../../src/sandbox/services/ec2/state/network.ts'
import { zonesOf } from '../../../../src/sandbox/services/ec2/state/zones.ts'

const subnet = (index: number) => defaultSubnet('us-east-1', 'vpc-1', { name: 'us-east-1a', id: 'use1-az2' }, index, 0)

test('addresses in use are distinct and inside the subnet, whatever comes and goes', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 300 }), (steps) => {
      const one = subnet(2)
      const held: string[] = []
      for (const take of steps) {
        if (take || held.length === 0) held.push(takeAddress(one))
        else giveAddressBack(one, held.shift() ?? '')
        expect(new Set(held).size).toBe(held.length)
      }
      for (const address of held) expect(address).toMatch(/^172\.31\.(3[2-9]|4[0-7])\.\d+$/)
    }),
  )
})

test('a subnet gives every address that it has, and then says that it is full', () => {
  const one = subnet(0)
  const all = freeAddresses(one)
  expect(all).toBe(4091)
  const given = new Set(Array.from({ length: all }, () => takeAddress(one)))
  expect(given.size).toBe(4091)
  expect(given.has('172.31.0.4')).toBe(true)
  expect(given.has('172.31.15.254')).toBe(true)
  expect(() => takeAddress(one)).toThrow(/not enough free addresses/)
  giveAddressBack(one, '172.31.7.7')
  expect(takeAddress(one)).toBe('172.31.7.7')
})

test('an address may be asked for, once', () => {
  const one = subnet(0)
  expect(takeAddress(one, '172.31.0.9')).toBe('172.31.0.9')
  expect(() => takeAddress(one, '172.31.0.9')).toThrow(/in use/)
  expect(() => takeAddress(one, '10.0.0.1')).toThrow(/does not fall within/)
})

test('hostnames have the region’s domain', () => {
  expect(hostnameOf('us-east-1', '172.31.5.7')).toBe('ip-172-31-5-7.ec2.internal')
  expect(hostnameOf('eu-west-1', '172.31.5.7')).toBe('ip-172-31-5-7.eu-west-1.compute.internal')
})

const idOf = (region: string, name: string) => zonesOf(region).find((zone) => zone.name === name)?.id

test('zones have the ids under which AWS offers the HPC types there', () => {
  expect(idOf('us-east-1', 'us-east-1c')).toBe('use1-az6')
  expect(idOf('ap-northeast-1', 'ap-northeast-1a')).toBe('apne1-az4')
  expect(idOf('ap-southeast-2', 'ap-southeast-2b')).toBe('apse2-az1')
  expect(idOf('eu-west-1', 'eu-west-1b')).toBe('euw1-az1')
  expect(idOf('eu-north-1', 'eu-north-1b')).toBe('eun1-az2')
  expect(idOf('us-east-2', 'us-east-2b')).toBe('use2-az2')
  expect(idOf('ca-central-1', 'ca-central-1d')).toBe('cac1-az4')
  expect(zonesOf('nowhere-1')).toEqual([])
})
