/** Randomness, so that use cases can be tested with none. */
export interface Ids {
  /** Between 0 (included) and 1. */
  random(): number
}
