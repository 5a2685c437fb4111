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
  /** The account reserves capacity from now on, and this is the reservation's id. */
  reserve(request: {
    readonly instanceType: string
    readonly zone: string
    readonly count: number
    readonly match: 'open' | 'targeted'
  }): Promise<string>
  /** The account buys a capacity block that begins at once, in a zone that has it. */
  buyBlock(request: { readonly instanceType: string; readonly count: number }): Promise<string>
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
