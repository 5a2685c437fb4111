import type { InstanceFacts, InterfaceKind, NetworkCard } from './instance-facts.ts'

/** One network interface of a node, by its place. */
export interface PlannedInterface {
  readonly cardIndex: number
  readonly deviceIndex: number
  /** `efa` has an address and an EFA device, `efa-only` the device alone, `interface` the address alone. */
  readonly kind: InterfaceKind
}

/**
 * Which interfaces a node of this type gets: without EFA one ordinary one, with EFA one on every network card, and as many
 * EFA devices as the type can have, one a card (EC2 User Guide, "Maximize network bandwidth on Amazon EC2 instances with
 * multiple network cards", efa-acc-inst-types). The primary one (card 0, device 0) always has an address; other cards get
 * `efa-only`, which costs no address of the subnet and makes no second route to the same network.
 */
export function networkLayout(facts: InstanceFacts, efa: boolean): PlannedInterface[] {
  const cards = facts.networkCards.toSorted((a, b) => a.index - b.index)
  const withEfa = new Set(efa ? efaCards(cards, facts.efaInterfaces) : [])
  const first = cards[0] ?? { index: 0, maxInterfaces: 1, kinds: null }
  return [
    ...onFirstCard(first, withEfa.has(first)),
    ...cards
      .slice(1)
      .filter((card) => withEfa.has(card))
      // Device 0 is the one that every card has (hpc6id's take one interface each).
      .map((card): PlannedInterface => ({
        cardIndex: card.index,
        deviceIndex: 0,
        kind: takes(card, 'efa-only') ? 'efa-only' : 'efa',
      })),
  ]
}

/** How many EFA devices a layout has. */
export function efaCount(layout: readonly PlannedInterface[]): number {
  return layout.filter((one) => one.kind !== 'interface').length
}

/**
 * The cards that carry EFA. Where the cloud does not say what a card takes and the type has fewer EFA devices than cards,
 * card 0 goes without: p6-b300.48xlarge has 17 cards for 16 devices, and its card 0 is ENA only (same page, P6-B300).
 */
function efaCards(cards: readonly NetworkCard[], most: number): readonly NetworkCard[] {
  const able = cards.filter((card) => takes(card, 'efa') || takes(card, 'efa-only'))
  return most < able.length ? able.slice(able.length - most) : able.slice(0, most)
}

/** `efa` gives the primary interface both; a card 0 that takes EFA devices only without an address has it as device 1. */
function onFirstCard(card: NetworkCard, efa: boolean): PlannedInterface[] {
  const cardIndex = card.index
  if (efa && takes(card, 'efa')) return [{ cardIndex, deviceIndex: 0, kind: 'efa' }]
  const primary = { cardIndex, deviceIndex: 0, kind: 'interface' } as const
  return efa && card.maxInterfaces > 1 ? [primary, { cardIndex, deviceIndex: 1, kind: 'efa-only' }] : [primary]
}

function takes(card: NetworkCard, kind: InterfaceKind): boolean {
  return card.kinds === null || card.kinds.includes(kind)
}
