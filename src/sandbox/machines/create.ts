import { mkdirSync } from 'node:fs'
import { exhaustive } from '../../kit/exhaustive.ts'
import type { Machines } from './machine.ts'
import type { MachinesOptions } from './options.ts'
import type { Simulation } from './simulated/simulated-machines.ts'

export interface CreateMachines extends MachinesOptions {
  readonly kind: 'auto' | Machines['kind']
  /** How simulated nodes behave, where they should not behave plainly. */
  readonly simulation?: Partial<Simulation>
}

/** Machines, and why they are not of the best kind where `auto` had to choose another (for `sandbox status`). */
export type CreatedMachines = Machines & { readonly reason: string | null }

/**
 * Makes the machines that instances run on. `auto` tries a real namespace node and takes process nodes where that fails.
 * Each kind is loaded only when it is used.
 */
export async function createMachines({ kind, simulation, ...options }: CreateMachines): Promise<CreatedMachines> {
  mkdirSync(options.home, { recursive: true, mode: 0o700 })
  switch (kind) {
    case 'auto':
      return automatic(options)
    case 'namespace':
      return { ...(await namespaceMachines(options)), reason: null }
    case 'process':
      return { ...(await processMachines(options)), reason: 'process nodes were asked for' }
    case 'simulated': {
      const { createSimulatedMachines } = await import('./simulated/simulated-machines.ts')
      return { ...createSimulatedMachines(simulation), reason: 'simulated nodes were asked for' }
    }
    default:
      return exhaustive(kind)
  }
}

async function automatic(options: MachinesOptions): Promise<CreatedMachines> {
  const obstacle = namespaceObstacle()
  if (obstacle !== null) return { ...(await processMachines(options)), reason: obstacle }
  try {
    return { ...(await namespaceMachines(options)), reason: null }
  } catch (error) {
    return { ...(await processMachines(options)), reason: error instanceof Error ? error.message : String(error) }
  }
}

function namespaceObstacle(): string | null {
  if (process.platform !== 'linux') return `namespaces are Linux's, and this is ${process.platform}`
  return process.getuid?.() === 0 ? null : 'namespaces need root, and this is an ordinary user'
}

async function namespaceMachines(options: MachinesOptions): Promise<Machines> {
  const { createNamespaceMachines } = await import('./namespace/namespace-machines.ts')
  return createNamespaceMachines(options)
}

async function processMachines(options: MachinesOptions): Promise<Machines> {
  const { createProcessMachines } = await import('./process/process-machines.ts')
  return createProcessMachines(options)
}
