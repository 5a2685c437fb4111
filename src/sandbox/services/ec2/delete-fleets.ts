import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import { flag, text } from './input/leaves.ts'
import { list, required } from './input/shape.ts'
import { terminate } from './life/end.ts'
import { userInitiated } from './life/reasons.ts'

const parameters = { FleetId: required(list(text, 100)), TerminateInstances: required(flag) }

/** Deletes fleets. An instant fleet takes its instances with it, always; each fleet succeeds or fails by itself. */
export const deleteFleets = operation({
  name: 'DeleteFleets',
  input: parameters,
  handle(input, context) {
    const { region, now } = context
    const ids = [...new Set(input.FleetId)]
    const instant = ids.filter((id) => region.fleets.has(id))
    if (instant.length > 25)
      throw new AwsError(
        'ExceededInstantFleetNumForDeletion',
        'At most 25 fleets of the type instant can be deleted in one request.',
      )
    if (instant.length > 0 && !input.TerminateInstances)
      throw new AwsError(
        'NoTerminateInstancesNotSupported',
        'NoTerminateInstances option is not supported for instant fleet: its instances are terminated with it.',
      )
    const deleted: object[] = []
    const failed: object[] = []
    for (const fleetId of ids) {
      const fleet = region.fleets.get(fleetId)
      if (fleet === undefined) {
        const isShaped = /^fleet-[0-9a-f-]{36}$/.test(fleetId)
        const code = isShaped ? 'fleetIdDoesNotExist' : 'fleetIdMalformed'
        failed.push({
          fleetId,
          error: { code, message: `The fleet ID '${fleetId}' ${isShaped ? 'does not exist' : 'is malformed'}` },
        })
        continue
      }
      deleted.push({ fleetId, previousFleetState: fleet.state, currentFleetState: 'deleted_terminating' })
      fleet.state = 'deleted_terminating'
      for (const id of fleet.instanceIds) {
        const instance = region.instances.get(id)
        if (instance !== undefined) terminate(instance, context, userInitiated(now))
      }
    }
    return { successfulFleetDeletionSet: deleted, unsuccessfulFleetDeletionSet: failed }
  },
})
