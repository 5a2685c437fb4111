/** The sandbox's door for the command line: everything that starts, stops or asks after a sandbox in the background. */
export { sandboxEnvironment } from './environment.ts'
export { SandboxError } from './sandbox-error.ts'
export { startSandbox, type NodesKind, type StartedSandbox, type StartOptions } from './start.ts'
export { sandboxStatus, type SandboxStatus } from './status.ts'
export { resetSandbox, stopSandbox } from './stop.ts'
export { parseFault } from '../faults/parse.ts'
export { addSandboxFault, clearSandboxFaults, listSandboxFaults } from './faults.ts'
