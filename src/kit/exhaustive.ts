/** The end of a switch over a union: the compiler proves that it is never reached. */
export function exhaustive(value: never): never {
  throw new TypeError(`unhandled case: ${JSON.stringify(value)}`)
}
