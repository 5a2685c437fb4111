import { memory } from './memory.ts'
import { sandbox } from './sandbox.ts'
import type { ContractSetup } from './world.ts'

/** Every suite runs against each of these. */
export const setups: readonly ContractSetup[] = [memory, sandbox]
