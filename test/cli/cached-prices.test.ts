import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cachedPrices } from '../../src/cli/cached-prices.ts'
import { MusterError } from '../../src/core/errors/muster-error.ts'
import { fakePrices } from '../fakes/prices.ts'
import { temporaryFolder } from './fixtures/run.ts'

const DAY = 86_400_000

function world(path: string) {
  const prices = fakePrices()
  let now = Date.UTC(2026, 10, 23)
  const clock = { now: () => now }
  return {
    prices,
    pass: (ms: number) => {
      now += ms
    },
    open: (scope = 'aws') => cachedPrices(prices, path, scope, clock),
  }
}

test('a price is asked for once a day, also by the next command', async () => {
  using folder = temporaryFolder()
  const { prices, pass, open } = world(join(folder.path, 'cache'))
  const first = await open().onDemand('hpc7g.16xlarge', 'us-east-1')
  expect(first).toMatchObject({ usdPerHour: 1.6832 })
  pass(DAY - 1)
  expect(await open().onDemand('hpc7g.16xlarge', 'us-east-1')).toEqual(first)
  expect(prices.called('onDemand')).toBe(1)
  await open('sandbox').onDemand('hpc7g.16xlarge', 'us-east-1')
  await open().onDemand('c7gn.16xlarge', 'us-east-1')
  expect(prices.called('onDemand')).toBe(3)
  pass(1)
  await open().onDemand('hpc7g.16xlarge', 'us-east-1')
  expect(prices.called('onDemand')).toBe(4)
})

test('what is unknown is asked for again after some minutes', async () => {
  using folder = temporaryFolder()
  const { prices, pass, open } = world(folder.path)
  for (let time = 0; time < 2; time += 1) {
    expect(await open().onDemand('t3.micro', 'us-east-1')).toBeNull()
    expect(await open().spot('hpc7g.16xlarge', 'us-east-1')).toEqual(new Map())
  }
  expect([prices.called('onDemand'), prices.called('spot')]).toEqual([1, 1])
  pass(5 * 60_000)
  expect(await open().onDemand('t3.micro', 'us-east-1')).toBeNull()
  expect(prices.called('onDemand')).toBe(2)
})

test('a price list that fails is left alone for some minutes, but not for credentials that are mended in a moment', async () => {
  using folder = temporaryFolder()
  const { prices, pass, open } = world(folder.path)
  const ask = () => open().onDemand('hpc7g.16xlarge', 'us-east-1')
  prices.failNext('onDemand', new MusterError('NotSupported', 'it knows no prices'))
  await expect(ask()).rejects.toThrow('it knows no prices')
  await expect(ask()).rejects.toMatchObject({
    code: 'NotSupported',
    message: 'it knows no prices (asked some minutes ago)',
  })
  expect(prices.called('onDemand')).toBe(1)
  pass(5 * 60_000)
  prices.failNext('onDemand', new MusterError('CredentialsRefused', 'expired'))
  await expect(ask()).rejects.toThrow('expired')
  expect(await ask()).toMatchObject({ usdPerHour: 1.6832 })
})

test('Spot prices and prices of storage are kept as well', async () => {
  using folder = temporaryFolder()
  const { prices, pass, open } = world(folder.path)
  const first = await open().spot('c7gn.16xlarge', 'us-east-1')
  expect(first.size).toBe(2)
  expect(await open().spot('c7gn.16xlarge', 'us-east-1')).toEqual(first)
  const disk = await open().storage('SCRATCH_2', null, 'us-east-1')
  pass(5 * 60_000)
  expect(await open().storage('SCRATCH_2', null, 'us-east-1')).toEqual(disk)
  await open().spot('c7gn.16xlarge', 'us-east-1')
  expect([prices.called('spot'), prices.called('storage')]).toEqual([2, 1])
})

test.for(['', '{', 'null', '{"at":1e15}', '{"at":"x","price":{"usdPerHour":"1"}}'])(
  'a cache of %j is none',
  async (text) => {
    using folder = temporaryFolder()
    const { open } = world(folder.path)
    const price = await open().onDemand('hpc7g.16xlarge', 'us-east-1')
    for (const file of readdirSync(folder.path)) writeFileSync(join(folder.path, file), text)
    expect(await open().onDemand('hpc7g.16xlarge', 'us-east-1')).toEqual(price)
  },
)

test('a folder that cannot be made is no reason to know no price', async () => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'file'), '')
  const { open } = world(join(folder.path, 'file', 'cache'))
  expect(await open().onDemand('hpc7g.16xlarge', 'us-east-1')).toMatchObject({ usdPerHour: 1.6832 })
})
