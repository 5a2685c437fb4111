import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as sdk from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, run, startEc2, X86, type Ec2World } from './ec2-world.ts'

const X86_ON_C7I = { InstanceType: 'c7i.large', ImageId: X86 } as const

type AnyCommand = new (input: object) => Parameters<sdk.EC2Client['send']>[0]

/** Every operation of the sandbox whose filters AWS documents by name, with what else it needs. */
const OPERATIONS: readonly (readonly [string, object])[] = [
  ['DescribeAvailabilityZones', {}],
  ['DescribeCapacityReservations', {}],
  ['DescribeImages', {}],
  ['DescribeInstances', {}],
  ['DescribeInstanceStatus', {}],
  ['DescribeInstanceTopology', {}],
  ['DescribeInstanceTypeOfferings', {}],
  ['DescribeInstanceTypes', {}],
  ['DescribeLaunchTemplates', {}],
  ['DescribeLaunchTemplateVersions', { Versions: ['$Latest'] }],
  ['DescribeNetworkInterfaces', {}],
  ['DescribePlacementGroups', {}],
  ['DescribeRegions', {}],
  ['DescribeSecurityGroupRules', {}],
  ['DescribeSecurityGroups', {}],
  ['DescribeSnapshots', {}],
  ['DescribeSpotInstanceRequests', {}],
  ['DescribeSpotPriceHistory', {}],
  ['DescribeSubnets', {}],
  ['DescribeTags', {}],
  ['DescribeVolumes', {}],
  ['DescribeVpcs', {}],
]

const MODELS = join(import.meta.dirname, '../../../node_modules/@aws-sdk/client-ec2/dist-types/models')
const models = readdirSync(MODELS)
  .filter((name) => name.endsWith('.d.ts'))
  .map((name) => readFileSync(join(MODELS, name), 'utf8'))
  .join('\n')

/** Values of a filter, which the documentation lists in the same manner. */
const VALUES = new Set(
  'informational low medium high critical default dedicated open targeted limited unlimited active expired cancelled pending failed'.split(
    ' ',
  ),
)

/** The names that the documentation of an operation's filters lists: `<code>affinity</code> - ...`. */
function documented(operation: string): string[] {
  const from = models.indexOf(`export interface ${operation}Request {`)
  const text = models.slice(from, models.indexOf('\n}', from))
  const end = text.search(/\n {4}Filters\?:/)
  const doc = text.slice(text.lastIndexOf('/**', end), end)
  const listed = doc.matchAll(/<li>\s*\*\s*<p>\s*\*?\s*<code>([\w.:-]+)(?:<key>)?<\/code>(?: ?-|<)/g)
  return [...listed].flatMap(([, name = '']) =>
    // `tag` stands for `tag:<key>`.
    name === 'tag' || name.startsWith('tag:') || VALUES.has(name) ? [] : [name],
  )
}

let world: Ec2World
beforeAll(async () => {
  world = await startEc2()
})
afterAll(() => world.close())

const ask = (operation: string, input: object, Name: string, ...Values: string[]) => {
  const command = (sdk as unknown as Record<string, AnyCommand>)[`${operation}Command`]
  if (command === undefined) throw new Error(`the SDK has no ${operation}`)
  return world.ec2.send(new command({ ...input, Filters: [{ Name, Values }] }))
}

describe.each(OPERATIONS)('%s', (operation, input) => {
  it('takes every filter that AWS documents', async () => {
    const names = documented(operation)
    expect(names.length).toBeGreaterThan(1)
    const asked = await Promise.allSettled(names.map((name) => ask(operation, input, name, 'no such value')))
    expect(names.filter((_name, at) => asked[at]?.status === 'rejected')).toEqual([])
  })

  it('refuses one that there is not', async () => {
    expect(await refusal(ask(operation, input, 'no-such-filter', 'x'))).toMatchObject({
      code: 'InvalidParameterValue',
      message: "The filter 'no-such-filter' is invalid",
    })
  })
})

async function found(Name: string, ...Values: string[]): Promise<(string | undefined)[]> {
  const { Reservations = [] } = await world.ec2.send(new sdk.DescribeInstancesCommand({ Filters: [{ Name, Values }] }))
  return Reservations.flatMap(({ Instances = [] }) => Instances.map((one) => one.InstanceId))
}

it('finds instances by their interfaces, and by nothing that they do not have', async () => {
  const [id = ''] = await run(world)
  expect(await found('network-interface.attachment.instance-id', id)).toEqual([id])
  expect(await found('network-interface.private-ip-address', '172.31.*')).toEqual([id])
  expect(await found('network-interface.status', 'in-use')).toEqual([id])
  expect(await found('hibernation-options.configured', 'false')).toEqual([id])
  expect(await found('host-id', '*')).toEqual([])
})

const card = (AssociatePublicIpAddress: boolean) => [{ DeviceIndex: 0, AssociatePublicIpAddress }]

it('finds instances by every address and mode that it shows of them', async () => {
  const [known = ''] = await run(world, { ...X86_ON_C7I, NetworkInterfaces: card(true) })
  const [hidden = ''] = await run(world, { ...X86_ON_C7I, NetworkInterfaces: card(false) })
  const { Reservations } = await world.ec2.send(new sdk.DescribeInstancesCommand({ InstanceIds: [known] }))
  const { PublicIpAddress = '', PublicDnsName = '', CurrentInstanceBootMode } = Reservations?.[0]?.Instances?.[0] ?? {}
  expect(PublicDnsName).toMatch(/^ec2-.*\.compute-1\.amazonaws\.com$/)
  expect(await found('dns-name', PublicDnsName)).toEqual([known])
  expect(await found('ip-address', PublicIpAddress)).toEqual([known])
  expect(await found('network-interface.association.public-ip', PublicIpAddress)).toEqual([known])
  expect(await found('network-interface.addresses.association.public-ip', PublicIpAddress)).toEqual([known])
  expect(await found('network-interface.addresses.association.public-dns-name', PublicDnsName)).toEqual([known])
  const cards = new sdk.DescribeNetworkInterfacesCommand({
    Filters: [{ Name: 'association.public-ip', Values: [PublicIpAddress] }],
  })
  expect((await world.ec2.send(cards)).NetworkInterfaces?.map(({ Attachment }) => Attachment?.InstanceId)).toEqual([
    known,
  ])
  expect(CurrentInstanceBootMode).toBe('uefi')
  expect(await found('current-instance-boot-mode', 'uefi')).toEqual(expect.arrayContaining([hidden, known]))
})
