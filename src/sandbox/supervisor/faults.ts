import type { Fault } from '../faults/faults.ts'
import { adminCall } from './admin-call.ts'

/** Scripts a fault in the running sandbox. Throws SandboxError where the fault is not one. */
export async function addSandboxFault(home: string, fault: Fault): Promise<readonly Fault[]> {
  return faultsOf(await adminCall(home, 'POST', 'faults', fault))
}

export async function listSandboxFaults(home: string): Promise<readonly Fault[]> {
  return faultsOf(await adminCall(home, 'GET', 'faults'))
}

export async function clearSandboxFaults(home: string): Promise<void> {
  await adminCall(home, 'DELETE', 'faults')
}

function faultsOf(answer: unknown): readonly Fault[] {
  return (answer as { readonly faults: readonly Fault[] }).faults
}
