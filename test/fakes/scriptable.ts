/**
 * Makes a fake port talk and fail on demand: every call is recorded, and a test can let the next one fail or do something
 * just before it (press ctrl-C, kill a node).
 */
type Method<P> = Extract<{ [K in keyof P]: P[K] extends (...args: never[]) => unknown ? K : never }[keyof P], string>

export interface Scriptable<P> {
  readonly calls: readonly { readonly name: Method<P>; readonly args: readonly unknown[] }[]
  /** How often it was called. */
  called(name: Method<P>): number
  /** The next `times` calls throw this instead of doing anything. */
  failNext(name: Method<P>, error: Error, times?: number): void
  /** The next call does this first; it may throw. */
  beforeNext(name: Method<P>, hook: (...args: readonly unknown[]) => void | Promise<void>): void
}

type AnyMethod = (...args: readonly unknown[]) => unknown

/** Wraps the named methods of a port; each of them returns a promise, but those in `streams`, which return async iterables. */
export function scriptable<P extends object>(
  port: P,
  promises: readonly Method<P>[],
  streams: readonly Method<P>[] = [],
): P & Scriptable<P> {
  const calls: { name: Method<P>; args: readonly unknown[] }[] = []
  const hooks = new Map<string, AnyMethod[]>()
  const add = (name: string, hook: AnyMethod) => hooks.set(name, [...(hooks.get(name) ?? []), hook])

  async function enter(name: Method<P>, args: readonly unknown[]) {
    calls.push({ name, args })
    await hooks.get(name)?.shift()?.(...args)
  }

  const wrapped: Record<string, AnyMethod> = {}
  for (const name of promises) {
    const method = port[name] as AnyMethod
    wrapped[name] = async (...args) => {
      await enter(name, args)
      return method(...args)
    }
  }
  for (const name of streams) {
    const method = port[name] as (...args: readonly unknown[]) => AsyncIterable<unknown>
    wrapped[name] = async function* stream(...args: readonly unknown[]) {
      await enter(name, args)
      yield* method(...args)
    }
  }
  return Object.assign(port, wrapped, {
    calls,
    called: (name: Method<P>) => calls.filter((call) => call.name === name).length,
    failNext(name: Method<P>, error: Error, times = 1) {
      for (let n = 0; n < times; n += 1) {
        add(name, () => {
          throw error
        })
      }
    },
    beforeNext: (name: Method<P>, hook: AnyMethod) => void add(name, hook),
  })
}
