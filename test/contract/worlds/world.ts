import type { AwsPorts } from '../../../src/aws/connect.ts'
import type { RemoteHandler } from '../../fakes/remote-exec.ts'

/**
 * A cloud that a contract suite runs against: the memory fake that use-case tests lean on, and the AWS adapters at the
 * sandbox. What holds in both is what use cases may rely on.
 */
export interface ContractWorld extends AwsPorts {
  /** Asks until the answer is neither undefined nor false; fails with `what` when it takes too long. */
  until<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T>
  /** Launches in the zone (`*` for all) are refused for lack of capacity, `times` times. */
  shortage(zone: string, times: number): void
  /** The next launch yields only so many nodes. */
  partial(launched: number): void
  /** The next `count` nodes never register. */
  muteAgents(count: number): void
  /** The node shuts itself down. */
  powerOff(nodeId: string): void
  /** What nodes do with scripts from now on. */
  answer(handler: RemoteHandler): void
  /** The next file system ends in `failed`. */
  failStorage(): void
  close(): Promise<void>
}

export interface ContractSetup {
  readonly name: string
  readonly open: () => Promise<ContractWorld>
}
