import { AwsError } from '../../../aws-error.ts'
import { operation } from '../context.ts'
import { missingParameter } from '../errors.ts'
import { findAll } from '../input/ids.ts'
import { text } from '../input/leaves.ts'

const parameters = { AllocationId: text, NetworkBorderGroup: text, PublicIp: text }

/** Gives an address back that nothing holds. */
export const releaseAddress = operation({
  name: 'ReleaseAddress',
  input: parameters,
  handle({ AllocationId: id, PublicIp: publicIp }, { region }) {
    if (id === undefined && publicIp === undefined) throw missingParameter('AllocationId')
    const [address] =
      id === undefined
        ? [...region.addresses.values()].filter((one) => one.publicIp === publicIp)
        : findAll('elastic-ip', [id], (key) => region.addresses.get(key))
    if (address === undefined) throw new AwsError('InvalidAddress.NotFound', `Address '${publicIp ?? ''}' not found.`)
    if (address.association !== null)
      throw new AwsError('InvalidIPAddress.InUse', `Address ${address.publicIp} is in use.`)
    region.addresses.delete(address.id)
    return { return: true }
  },
})
