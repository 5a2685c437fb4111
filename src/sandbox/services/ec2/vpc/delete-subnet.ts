import { operation } from '../context.ts'
import { findAll } from '../input/ids.ts'
import { text } from '../input/leaves.ts'
import { required } from '../input/shape.ts'
import { hasDependencies } from './refusals.ts'

/** Deletes a subnet in which nothing holds an interface; its route table's association goes with it. */
export const deleteSubnet = operation({
  name: 'DeleteSubnet',
  input: { SubnetId: required(text) },
  handle({ SubnetId: id }, { region }) {
    findAll('subnet', [id], (key) => region.subnets.get(key))
    if ([...region.interfaces.values()].some((one) => one.subnetId === id)) throw hasDependencies('subnet', id)
    for (const table of region.routeTables.values())
      for (const [key, { subnetId }] of table.associations) if (subnetId === id) table.associations.delete(key)
    region.subnets.delete(id)
    return { return: true }
  },
})
