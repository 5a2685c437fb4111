type AnyMethod = (...args: readonly unknown[]) => unknown
type MethodsOf<P> = Extract<keyof P, string>

/**
 * A port whose adapter, and with it perhaps a part of the AWS SDK, is loaded when the first of its methods is called: EC2’s
 * client alone takes half a second. `promises` and `streams` (async iterables) together name all methods.
 */
export function lazyPort<P extends object>(
  load: () => Promise<P>,
  promises: readonly MethodsOf<P>[],
  streams: readonly MethodsOf<P>[] = [],
): P {
  let loading: Promise<P> | null = null
  const loaded = async () => (await (loading ??= load())) as Record<string, AnyMethod>
  const methods: [string, AnyMethod][] = [
    ...promises.map((name): [string, AnyMethod] => [name, async (...args) => (await loaded())[name]?.(...args)]),
    ...streams.map((name): [string, AnyMethod] => [
      name,
      async function* stream(...args) {
        yield* (await loaded())[name]?.(...args) as AsyncIterable<unknown>
      },
    ]),
  ]
  return Object.fromEntries(methods) as P
}
