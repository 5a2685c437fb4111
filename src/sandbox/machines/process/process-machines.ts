import type { Machines } from '../machine.ts'
import type { MachinesOptions } from '../options.ts'
export function createProcessMachines(_options: MachinesOptions): Promise<Machines> {
  return Promise.reject(new Error('not yet'))
}
