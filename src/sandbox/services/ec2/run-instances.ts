import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { dryRun, invalidCombination, invalidValue } from './errors.ts'
import { launchFields } from './input/launch-data.ts'
import { anything, required, unimplemented } from './input/shape.ts'
import type { Parsed } from './input/shape.ts'
import { clientToken, integer, text } from './input/leaves.ts'
import { refuseBadTags } from './input/tags.ts'
import { launch } from './launch/launch.ts'
import { planLaunch } from './launch/plan.ts'
import { purchaseOf } from './launch/purchase.ts'
import { findTemplate, mergeLaunchData, templateSpecification } from './launch/request.ts'
import type { LaunchRequest } from './launch/request.ts'
import { stateOf } from './life/transitions.ts'
import { reservationOnWire } from './render/reservation.ts'

const input = {
  ...launchFields,
  AdditionalInfo: anything,
  ClientToken: clientToken,
  EnablePrimaryIpv6: unimplemented,
  Ipv6Address: unimplemented,
  Ipv6AddressCount: unimplemented,
  LaunchTemplate: templateSpecification,
  MaxCount: required(integer(1)),
  MinCount: required(integer(1)),
  PrivateIpAddress: text,
  RamdiskId: unimplemented,
  SubnetId: text,
}

/** Launches between MinCount and MaxCount instances of one kind, all in one zone and one reservation. */
export const runInstances = operation({
  name: 'RunInstances',
  dryRun: 'late',
  input,
  handle(asked, context) {
    const { MinCount: least, MaxCount: most, ClientToken: token } = asked
    if (most < least)
      throw invalidCombination('The maximum number of instances may not be less than the minimum number of instances.')
    if (most > 1000)
      throw invalidValue(
        `Value ( ${most} ) for parameter maxCount is invalid. Expecting a value less than or equal to 1000.`,
      )
    // Of the request's own, before the template's are put under them.
    refuseBadTags(asked.TagSpecification)
    const request = requestOf(asked, context)
    if (asked.DryRun === true) {
      planLaunch(request, context)
      throw dryRun()
    }
    const instances = context.region.tokens.once('RunInstances', token, asked, () =>
      launch(request, least, most, context),
    )
    if (instances.every((instance) => stateOf(instance) === 'terminated'))
      throw new AwsError(
        'IdempotentInstanceTerminated',
        'The client token you have provided is associated with an instance that has been terminated.',
      )
    return reservationOnWire(instances, context, 'current')
  },
})

function requestOf(asked: Parsed<typeof input>, context: Ec2Call): LaunchRequest {
  const { LaunchTemplate, SubnetId, PrivateIpAddress, ClientToken } = asked
  const found = LaunchTemplate === undefined ? null : findTemplate(LaunchTemplate, context)
  const own = Object.fromEntries(Object.entries(asked).filter(([name]) => name in launchFields))
  const data = mergeLaunchData(...(found === null ? [] : [found.version.data]), own)
  return {
    data,
    purchase: purchaseOf(data.InstanceMarketOptions?.MarketType),
    market: data.InstanceMarketOptions?.MarketType ?? null,
    maxPrice: data.InstanceMarketOptions?.SpotOptions?.MaxPrice ?? null,
    subnetId: SubnetId,
    privateIp: PrivateIpAddress,
    clientToken: ClientToken,
    fleetId: null,
    template: found === null ? null : { id: found.template.id, version: found.version.number },
  }
}
