import { operation } from './context.ts'
import { dryRun } from './errors.ts'
import { allocate } from './fleet/allocate.ts'
import { launchShares } from './fleet/launch-shares.ts'
import { newFleet, newFleetId } from './fleet/record.ts'
import { targetsOf } from './fleet/targets.ts'
import { checkRequest } from './fleet/check-request.ts'
import { poolsOf } from './fleet/pools.ts'
import { fleetParameters } from './input/fleet.ts'
import { tagsFor } from './input/tags.ts'

/**
 * An instant fleet: everything is launched, or not, within the call. Its answer is a 200 either way: what could not be
 * launched is among the errors.
 */
export const createFleet = operation({
  name: 'CreateFleet',
  dryRun: 'late',
  input: fleetParameters,
  handle(input, context) {
    checkRequest(input)
    const fleet = context.region.tokens.once('CreateFleet', input.ClientToken, input, () => {
      const id = newFleetId()
      const targets = targetsOf(input).map((target) => ({
        ...target,
        pools: poolsOf(input, id, target.purchase, context),
      }))
      const tags = tagsFor(input.TagSpecification, 'fleet', TAGGED)
      if (input.DryRun === true) throw dryRun()
      const launched = targets.map(({ purchase, capacity, pools }) => {
        const options = purchase === 'spot' ? input.SpotOptions : input.OnDemandOptions
        return launchShares(allocate(pools, capacity, options, context), purchase, context)
      })
      const made = newFleet(input, id, tags, launched, context)
      context.region.fleets.set(id, made)
      return made
    })
    return { fleetId: fleet.id, ...fleet.answer }
  },
})

const TAGGED = ['fleet', 'instance', 'volume', 'network-interface', 'spot-instances-request']
