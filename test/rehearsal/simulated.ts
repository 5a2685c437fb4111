import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallCounts } from '../../src/sandbox/calls.ts'
import { adminCall } from '../../src/sandbox/supervisor/admin-call.ts'
import { rehearse, succeeded, type Rehearsal } from './rehearse.ts'

/** How long what AWS does takes, in milliseconds. */
export interface Latencies {
  /** CreateFleet until running. */
  readonly pendingMs: number
  /** A node's boot until its agent registers. */
  readonly onlineMs: number
  readonly fileSystemMs: number
  /** What each command takes on a node. */
  readonly commandMs: number
}

export interface SimulatedRehearsal extends Rehearsal {
  /** What the sandbox was asked so far. */
  calls(): Promise<CallCounts>
  /** Counts from nothing again. */
  forgetCalls(): Promise<void>
}

/** Public keys of nobody: only their form is read. */
const KEY = `ssh-ed25519 ${Buffer.from('nobody has the other half of this').toString('base64')}`

/** The whole program against simulated nodes that say what a node's scripts would, throttled as AWS publishes; the sandbox runs already. */
export async function rehearseSimulated(latencies: Latencies, fleets: string): Promise<SimulatedRehearsal> {
  const { pendingMs, onlineMs, fileSystemMs, commandMs } = latencies
  const folder = mkdtempSync(join(tmpdir(), 'muster-simulation-'))
  const file = join(folder, 'simulation.json')
  const reports = { pattern: 'install\\.sh', stdout: `host-key ${KEY}\nuser-key ${KEY}\n`, afterMs: commandMs }
  const answers = [reports, { pattern: '', afterMs: commandMs }]
  writeFileSync(file, JSON.stringify({ onlineMs, pace: { pendingMs, fileSystemMs }, answers }))
  const rehearsal = rehearse({
    MUSTER_SANDBOX_NODES: 'simulated',
    MUSTER_SANDBOX_SIMULATION: file,
    MUSTER_SANDBOX_RATES: 'aws',
  })
  writeFileSync(join(rehearsal.folder, 'muster.yaml'), fleets)
  succeeded(await rehearsal.run('sandbox', 'start'))
  const sandbox = join(rehearsal.home, 'muster', 'sandbox')
  return {
    ...rehearsal,
    calls: async () => (await adminCall(sandbox, 'GET', 'calls')) as CallCounts,
    forgetCalls: async () => void (await adminCall(sandbox, 'DELETE', 'calls')),
    async close() {
      const left = await rehearsal.close()
      rmSync(folder, { recursive: true, force: true })
      return left
    },
  }
}
