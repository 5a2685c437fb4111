import type { Shortage } from '../core/capacity/shortage.ts'

/**
 * Refusals of a few minutes, kept from one command to the next: the next attempt begins with what is likely to work. Only a hint:
 * none of it throws, and what is lost costs a call.
 */
export interface Shortages {
  /** Of this cloud, account and region; those that still may say something. */
  recent(): Promise<readonly Shortage[]>
  remember(shortage: Shortage): Promise<void>
}
