import type { FakeServices } from '../../../fakes/services.ts'

/** The ports through which a muster does anything to the world. */
const PORTS = ['compute', 'storage', 'remote', 'objects', 'queue'] as const

const never = () => new Promise<never>(() => undefined)

/** A muster that is killed at its `at`-th call, before it reaches the world or after: nothing of it goes on then. */
export function mortal(services: FakeServices, at: number, when: 'before' | 'after') {
  let calls = 0
  const { promise: death, resolve: die } = Promise.withResolvers<'killed'>()
  const guarded = (port: object): object =>
    new Proxy(port, {
      get: (target, name): unknown => {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function' || name === 'close') return value
        return (...args: unknown[]): unknown => {
          if (calls >= at) return never()
          calls += 1
          if (calls < at) return (value as (...all: unknown[]) => unknown).apply(target, args)
          if (when === 'after') void (value as (...all: unknown[]) => unknown).apply(target, args)
          die('killed')
          return never()
        }
      },
    })
  const ports = Object.fromEntries(PORTS.map((name) => [name, guarded(services[name])]))
  const clock = {
    now: () => services.clock.now(),
    sleep: (ms: number, signal?: AbortSignal) => (calls >= at ? never() : services.clock.sleep(ms, signal)),
  }
  // What a process holds is gone with it: locks are its own.
  const locks = { acquire: async () => ({ release: async () => undefined }) }
  return { services: { ...services, ...ports, clock, locks } as unknown as FakeServices, death, calls: () => calls }
}
