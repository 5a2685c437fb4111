import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InstanceFacts, InterfaceKind, NetworkCard } from '../../../../src/core/fleet/instance-facts.ts'
import { efaCount, networkLayout } from '../../../../src/core/fleet/network-layout.ts'
import { facts } from '../plan/model-world.ts'

/** AWS's own data, as recorded in `src/sandbox/data` (see its ATTRIBUTION.md). */
interface Recorded {
  readonly InstanceType: string
  readonly NetworkInfo: {
    readonly EfaSupported?: boolean
    readonly EfaInfo?: { readonly MaximumEfaInterfaces: number }
    readonly MaximumNetworkInterfaces: number
    readonly NetworkCards: readonly { readonly NetworkCardIndex: number; readonly MaximumNetworkInterfaces: number }[]
  }
}

const recorded: readonly Recorded[] = readFileSync(
  new URL('../../../../src/sandbox/data/instance-types.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded)
const withEfa = recorded.filter((one) => one.NetworkInfo.EfaSupported === true)

function typeFacts(efaInterfaces: number, networkCards: readonly NetworkCard[]): InstanceFacts {
  return { ...facts, efaInterfaces, networkCards }
}

function factsOf({ InstanceType, NetworkInfo: { EfaInfo, NetworkCards } }: Recorded): InstanceFacts {
  const networkCards = NetworkCards.map((card) => ({
    index: card.NetworkCardIndex,
    maxInterfaces: card.MaximumNetworkInterfaces,
    kinds: null,
  }))
  return { ...facts, instanceType: InstanceType, efaInterfaces: EfaInfo?.MaximumEfaInterfaces ?? 0, networkCards }
}

const cardOf = (index: number, ...kinds: InterfaceKind[]) => ({ index, maxInterfaces: 2, kinds })

const anyCard = (kinds: fc.Arbitrary<readonly InterfaceKind[] | null>) =>
  fc.record({ maxInterfaces: fc.integer({ min: 1, max: 15 }), kinds })

const layoutOf = (name: string) =>
  networkLayout(factsOf(recorded.find((one) => one.InstanceType === name) as Recorded), true)

/** What AWS refuses otherwise (EC2 User Guide: efa-acc-inst-types; RunInstances' InstanceNetworkInterfaceSpecification). */
function expectLaunchable(type: InstanceFacts, efa: boolean): void {
  const layout = networkLayout(type, efa)
  expect(layout[0], 'the primary one has an address').toMatchObject({ cardIndex: 0, deviceIndex: 0 })
  expect(layout[0]?.kind).not.toBe('efa-only')
  const places = layout.map((one) => `${one.cardIndex}/${one.deviceIndex}`)
  expect(new Set(places).size, 'each place once').toBe(places.length)
  const efaCards = layout.filter((one) => one.kind !== 'interface').map((one) => one.cardIndex)
  expect(new Set(efaCards).size, 'one EFA a card').toBe(efaCards.length)
  expect(efaCards.length).toBeLessThanOrEqual(efa ? type.efaInterfaces : 0)
  for (const { cardIndex, deviceIndex, kind } of layout) {
    const card = type.networkCards.find((one) => one.index === cardIndex)
    expect(deviceIndex).toBeLessThan(card?.maxInterfaces ?? 0)
    const known = card?.kinds ?? null
    if (known !== null) expect(known).toContain(kind)
  }
}

describe('the network layout', () => {
  it('knows some ninety types with EFA, or this table tests nothing', () => {
    expect(withEfa.length).toBeGreaterThan(80)
  })

  it.each(withEfa.map((one) => [one.InstanceType, one] as const))(
    'of %s has every EFA device that it can',
    (_, one) => {
      const type = factsOf(one)
      expectLaunchable(type, true)
      const layout = networkLayout(type, true)
      expect(efaCount(layout)).toBe(one.NetworkInfo.EfaInfo?.MaximumEfaInterfaces)
      expect(layout).toHaveLength(type.networkCards.length)
      expect(layout.length).toBeLessThanOrEqual(one.NetworkInfo.MaximumNetworkInterfaces)
      expect(layout.filter((each) => each.kind !== 'efa-only')).toHaveLength(1)
    },
  )

  it('without EFA is one ordinary interface, whatever the type', () => {
    for (const one of recorded) {
      expect(networkLayout(factsOf(one), false), one.InstanceType).toEqual([
        { cardIndex: 0, deviceIndex: 0, kind: 'interface' },
      ])
    }
  })

  // Counts: "Network cards" of the EC2 User Guide (using-eni.md) and the specifications of each family.
  it.each([
    ['hpc7g.16xlarge', 1, 1],
    ['hpc6a.48xlarge', 1, 1],
    ['c7gn.16xlarge', 1, 1],
    ['hpc7a.96xlarge', 2, 2],
    ['hpc8a.96xlarge', 2, 2],
    ['hpc6id.32xlarge', 2, 2],
    ['p4d.24xlarge', 4, 4],
    ['p6-b200.48xlarge', 8, 8],
    ['p5en.48xlarge', 16, 16],
    ['p5.48xlarge', 32, 32],
    // 17 cards, card 0 ENA only (efa-acc-inst-types, P6-B300).
    ['p6-b300.48xlarge', 17, 16],
  ])('of %s has %i interfaces, %i of them EFA', (name, interfaces, efa) => {
    const layout = layoutOf(name)
    expect([layout.length, efaCount(layout)]).toEqual([interfaces, efa])
  })

  it('is as AWS’s examples have it: EFA with an address first, efa-only as device 0 of every other card', () => {
    expect(layoutOf('hpc7g.16xlarge')).toEqual([{ cardIndex: 0, deviceIndex: 0, kind: 'efa' }])
    // Each of its cards takes one interface: device 1 would be refused (data: MaximumNetworkInterfaces 1).
    expect(layoutOf('hpc6id.32xlarge')).toEqual([
      { cardIndex: 0, deviceIndex: 0, kind: 'efa' },
      { cardIndex: 1, deviceIndex: 0, kind: 'efa-only' },
    ])
    const [first, ...others] = layoutOf('p6-b300.48xlarge')
    expect(first).toEqual({ cardIndex: 0, deviceIndex: 0, kind: 'interface' })
    expect(others).toEqual(
      Array.from({ length: 16 }, (_, at) => ({ cardIndex: at + 1, deviceIndex: 0, kind: 'efa-only' })),
    )
  })

  it('goes by what AWS says of each card, where it says it', () => {
    const plain = cardOf(0, 'interface')
    expect(networkLayout(typeFacts(2, [plain, cardOf(1, 'efa'), cardOf(2, 'efa-only')]), true)).toEqual([
      { cardIndex: 0, deviceIndex: 0, kind: 'interface' },
      { cardIndex: 1, deviceIndex: 0, kind: 'efa' },
      { cardIndex: 2, deviceIndex: 0, kind: 'efa-only' },
    ])
    expect(networkLayout(typeFacts(1, [cardOf(0, 'interface', 'efa-only')]), true)).toEqual([
      { cardIndex: 0, deviceIndex: 0, kind: 'interface' },
      { cardIndex: 0, deviceIndex: 1, kind: 'efa-only' },
    ])
  })

  it('never asks for what AWS refuses, whatever cards a type has', () => {
    const others = fc.constantFrom<readonly InterfaceKind[] | null>(
      null,
      ['interface'],
      ['efa'],
      ['interface', 'efa'],
      ['efa-only'],
      ['interface', 'efa', 'efa-only'],
    )
    const ofFirst = fc.constantFrom<readonly InterfaceKind[] | null>(
      null,
      ['interface'],
      ['interface', 'efa'],
      ['interface', 'efa-only'],
      ['interface', 'efa', 'efa-only'],
    )
    fc.assert(
      fc.property(
        anyCard(ofFirst),
        fc.array(anyCard(others), { maxLength: 32 }),
        fc.nat(33),
        fc.boolean(),
        (first, rest, most, efa) => {
          const cards = [first, ...rest].map((one, index) => ({ index, ...one }))
          expectLaunchable(typeFacts(most, cards), efa)
        },
      ),
    )
  })
})
