import { AwsError } from '../../../aws-error.ts'
import { invalidValue } from '../errors.ts'
import type { RequestedInterface } from '../input/launch-data.ts'
import type { InstanceType } from '../state/instance-types.ts'

/** Refuses interfaces that the type has no room for: in all, on each network card, and of EFA. */
export function refuseLimits(asked: readonly RequestedInterface[], type: InstanceType): void {
  const { InstanceType: name, NetworkInfo: network } = type
  if (asked.length > network.MaximumNetworkInterfaces)
    throw limit(`Interface count ${asked.length} exceeds the limit for ${name}`)
  const efas = asked.filter(isEfa)
  if (efas.length > 0 && network.EfaSupported !== true)
    throw new AwsError('Unsupported', `${name} instances do not support Elastic Fabric Adapters.`)
  if (efas.length > (network.EfaInfo?.MaximumEfaInterfaces ?? 0))
    throw limit(`EFA interface count ${efas.length} exceeds the limit for ${name}`)
  for (const [card, onCard] of Map.groupBy(asked, (one) => one.NetworkCardIndex ?? 0)) refuseCard(card, onCard, type)
}

function refuseCard(
  index: number,
  asked: readonly RequestedInterface[],
  { InstanceType: name, NetworkInfo: network }: InstanceType,
): void {
  // Types of one card need not list it.
  const cards = network.NetworkCards ?? [
    { NetworkCardIndex: 0, MaximumNetworkInterfaces: network.MaximumNetworkInterfaces },
  ]
  const card = cards.find((candidate) => candidate.NetworkCardIndex === index)
  if (card === undefined)
    throw invalidValue(`Invalid value '${index}' for networkCardIndex. ${name} has ${cards.length} network card(s).`)
  const most = card.MaximumNetworkInterfaces
  if (asked.some(isEfa) && !takesEfa(card, network))
    throw new AwsError('Unsupported', `Network card ${index} of ${name} does not support Elastic Fabric Adapters.`)
  if (asked.length > most || asked.some((one) => (one.DeviceIndex ?? 0) >= most))
    throw limit(`Interface count on network card ${index} exceeds the limit of ${most} for ${name}`)
  if (asked.filter(isEfa).length > 1)
    throw limit(`Only one EFA interface is supported on each network card; card ${index} has more.`)
}

/**
 * p6-b300.48xlarge has one card more than EFA devices, and its card 0 is ENA only (EC2 User Guide, efa-acc-inst-types): so is
 * card 0 of whatever has fewer devices than cards, where the data does not say.
 */
function takesEfa(card: Card, { NetworkCards: cards = [], EfaInfo }: InstanceType['NetworkInfo']): boolean {
  if (card.InterfaceTypes !== undefined)
    return card.InterfaceTypes.some((type) => type === 'efa' || type === 'efa-only')
  return card.NetworkCardIndex > 0 || (EfaInfo?.MaximumEfaInterfaces ?? 0) >= cards.length
}

type Card = NonNullable<InstanceType['NetworkInfo']['NetworkCards']>[number]

const limit = (message: string): AwsError => new AwsError('AttachmentLimitExceeded', message)

const isEfa = ({ InterfaceType: type }: RequestedInterface): boolean => type === 'efa' || type === 'efa-only'
