import { describe, expect, it } from 'vitest'
import { facts } from '../../core/plan/model-world.ts'
import { networkInterfaces } from '../../../../src/aws/ec2/template-data.ts'
import { networkLayout } from '../../../../src/core/fleet/network-layout.ts'
import { refuseLimits } from '../../../../src/sandbox/services/ec2/launch/interface-limits.ts'
import { instanceTypes, type InstanceType } from '../../../../src/sandbox/services/ec2/state/instance-types.ts'

const typeOf = (name: string) => instanceTypes().get(name) as InstanceType
type Kind = 'interface' | 'efa' | 'efa-only'
const at = (NetworkCardIndex: number, DeviceIndex: number, InterfaceType: Kind) => ({
  NetworkCardIndex,
  DeviceIndex,
  InterfaceType,
})
const primary = at(0, 0, 'interface')

describe('interfaces that EC2 refuses', () => {
  it.each([
    ['EFA where the type has none', 't3.micro', [at(0, 0, 'efa')], 'Unsupported', /do not support Elastic Fabric/],
    [
      'two on one card',
      'p5.48xlarge',
      [primary, at(3, 0, 'efa'), at(3, 1, 'efa-only')],
      'AttachmentLimitExceeded',
      /card 3 has more/,
    ],
    [
      'EFA on a card that is ENA only',
      'p6-b300.48xlarge',
      [at(0, 0, 'efa')],
      'Unsupported',
      /Network card 0 of p6-b300/,
    ],
    [
      'efa-only on a card that is ENA only',
      'p6-b300.48xlarge',
      [primary, at(0, 1, 'efa-only')],
      'Unsupported',
      /Network card 0/,
    ],
    [
      'a second device on a card of one',
      'hpc6id.32xlarge',
      [primary, at(1, 1, 'efa-only')],
      'AttachmentLimitExceeded',
      /network card 1 exceeds the limit of 1/,
    ],
    [
      'a card that is not there',
      'hpc7a.96xlarge',
      [primary, at(2, 0, 'efa-only')],
      'InvalidParameterValue',
      /2 network card/,
    ],
  ] as const)('%s', (_, type, asked, code, words) => {
    const refused = () => refuseLimits(asked, typeOf(type))
    expect(refused).toThrow(expect.objectContaining({ code }))
    expect(refused).toThrow(words)
  })

  it('go by what the data says of a card, where it says it', () => {
    const type = typeOf('hpc7a.96xlarge')
    const cards = (type.NetworkInfo.NetworkCards ?? []).map((card, index) => ({
      ...card,
      InterfaceTypes: index === 0 ? ['interface', 'efa'] : ['interface'],
    }))
    const told = { ...type, NetworkInfo: { ...type.NetworkInfo, NetworkCards: cards } }
    expect(() => refuseLimits([at(0, 0, 'efa')], told)).not.toThrow()
    expect(() => refuseLimits([primary, at(1, 0, 'efa-only')], told)).toThrow(/Network card 1/)
  })
})

/** Two witnesses: muster's layout, made of what AWS says, and the sandbox's rules, which share no code with it. */
describe('muster’s own interfaces', () => {
  const withEfa = [...instanceTypes().values()].filter((one) => one.NetworkInfo.EfaSupported === true)

  it('are of some ninety types, or nothing is compared', () => expect(withEfa.length).toBeGreaterThan(80))

  it.each(withEfa.map((one) => [one.InstanceType, one] as const))('are none of them: %s', (instanceType, type) => {
    const { NetworkCards = [], EfaInfo } = type.NetworkInfo
    const known = {
      ...facts,
      instanceType,
      efaInterfaces: EfaInfo?.MaximumEfaInterfaces ?? 0,
      networkCards: NetworkCards.map((card) => ({
        index: card.NetworkCardIndex,
        maxInterfaces: card.MaximumNetworkInterfaces,
        kinds: null,
      })),
    }
    const named = networkInterfaces({ interfaces: networkLayout(known, true), securityGroupIds: ['sg-1'] })
    const asked = named.map((one) =>
      at(one.NetworkCardIndex ?? -1, one.DeviceIndex ?? -1, (one.InterfaceType ?? 'interface') as Kind),
    )
    expect(() => refuseLimits(asked, type)).not.toThrow()
    expect(asked.filter((one) => one.InterfaceType !== 'interface')).toHaveLength(known.efaInterfaces)
  })
})
