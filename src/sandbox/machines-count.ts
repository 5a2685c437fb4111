import type { Machines } from './machines/machine.ts'

/** The same machines, and how many of them live: a sandbox without any may end by itself. */
export function countMachines(machines: Machines): { readonly machines: Machines; readonly living: () => number } {
  const living = new Set<string>()
  return {
    living: () => living.size,
    machines: {
      kind: machines.kind,
      boot: (spec, events) => {
        const machine = machines.boot(spec, events)
        living.add(spec.instanceId)
        return {
          instanceId: machine.instanceId,
          run: (script) => machine.run(script),
          cancel: (scriptId) => machine.cancel(scriptId),
          ...(machine.saveDisk === undefined
            ? {}
            : { saveDisk: (folder) => machine.saveDisk?.(folder) ?? Promise.resolve() }),
          ...(machine.openShell === undefined
            ? {}
            : {
                openShell: (id, command) => machine.openShell?.(id, command) ?? Promise.reject(new Error('no shell')),
              }),
          destroy: async () => {
            await machine.destroy()
            living.delete(spec.instanceId)
          },
        }
      },
      close: () => machines.close(),
    },
  }
}
