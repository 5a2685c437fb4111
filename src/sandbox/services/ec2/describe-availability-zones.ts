import { invalidValue } from './errors.ts'
import { operation } from './context.ts'
import { absent, filters, matcher } from './input/filters.ts'
import { flag, text } from './input/leaves.ts'
import { list } from './input/shape.ts'
import type { Zone } from './state/zones.ts'

const parameters = { AllAvailabilityZones: flag, Filter: filters, ZoneId: list(text), ZoneName: list(text) }

/** The region's zones, with the ids that are the same for every account. */
export const describeAvailabilityZones = operation({
  name: 'DescribeAvailabilityZones',
  input: parameters,
  handle(input, { region }) {
    const asked = [...(input.ZoneName ?? []), ...(input.ZoneId ?? [])]
    const unknown = asked.filter((word) => !region.zones.some((zone) => has(zone, word)))
    if (unknown.length > 0) throw invalidValue(`Invalid availability zones: [${unknown.join(', ')}]`)
    const matches = matcher<Zone>(input.Filter, {
      ...absent('parent-zone-id', 'parent-zone-name'),
      'group-long-name': () => `${region.name} 1`,
      'group-name': () => `${region.name}-zg-1`,
      message: () => undefined,
      'opt-in-status': () => 'opt-in-not-required',
      'region-name': () => region.name,
      state: () => 'available',
      'zone-id': (zone) => zone.id,
      'zone-name': (zone) => zone.name,
      'zone-type': () => 'availability-zone',
    })
    const shown = region.zones.filter(
      (zone) => (asked.length === 0 || asked.some((word) => has(zone, word))) && matches(zone),
    )
    return {
      availabilityZoneInfo: shown.map((zone) => ({
        zoneName: zone.name,
        zoneId: zone.id,
        zoneState: 'available',
        zoneType: 'availability-zone',
        regionName: region.name,
        groupName: `${region.name}-zg-1`,
        networkBorderGroup: region.name,
        optInStatus: 'opt-in-not-required',
        messageSet: [],
      })),
    }
  },
})

const has = (zone: Zone, word: string): boolean => zone.name === word || zone.id === word
