import { operation } from '../context.ts'
import { invalidCombination, missingParameter } from '../errors.ts'
import { findAll } from '../input/ids.ts'
import { flag, text } from '../input/leaves.ts'
import { record, required, unimplemented } from '../input/shape.ts'

const parameters = {
  AssignIpv6AddressOnCreation: unimplemented,
  CustomerOwnedIpv4Pool: unimplemented,
  DisableLniAtDeviceIndex: unimplemented,
  EnableDns64: unimplemented,
  EnableLniAtDeviceIndex: unimplemented,
  EnableResourceNameDnsAAAARecordOnLaunch: unimplemented,
  EnableResourceNameDnsARecordOnLaunch: unimplemented,
  MapCustomerOwnedIpOnLaunch: unimplemented,
  MapPublicIpOnLaunch: record({ Value: flag }),
  PrivateDnsHostnameTypeOnLaunch: unimplemented,
  SubnetId: required(text),
}

/** Says whether launches into the subnet get public addresses. One attribute a call. */
export const modifySubnetAttribute = operation({
  name: 'ModifySubnetAttribute',
  input: parameters,
  handle({ SubnetId: id, MapPublicIpOnLaunch: mapPublicIp }, { region }) {
    const subnets = findAll('subnet', [id], (key) => region.subnets.get(key))
    if (mapPublicIp === undefined) throw missingParameter('attribute')
    if (mapPublicIp.Value === undefined) throw invalidCombination('No attribute value was given')
    for (const subnet of subnets) subnet.mapPublicIp = mapPublicIp.Value
    return { return: true }
  },
})
