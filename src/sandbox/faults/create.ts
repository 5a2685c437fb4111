import type { Fault, FaultKind, Faults } from './faults.ts'

/** Faults in the order they were added; `random` decides the throttles that have a rate. */
export function createFaults(random: () => number = Math.random): Faults {
  let faults: readonly Fault[] = []
  const listeners: ((fault: Fault) => void)[] = []
  const times = new WeakMap<Fault, number>()
  const use = (fault: Fault): void => {
    if (!('count' in fault) || fault.count === undefined) {
      // Without a count a fault stays until it is cleared. (A Spot interruption goes when its watch has seen it: see `drop`.)
      return
    }
    const left = { ...fault, count: fault.count - 1 }
    times.set(left, times.get(fault) ?? 0)
    faults =
      left.count > 0
        ? faults.map((other) => (other === fault ? left : other))
        : faults.filter((other) => other !== fault)
  }
  return {
    add: (fault) => {
      faults = [...faults, fault]
      times.set(fault, performance.now())
      for (const tell of listeners) tell(fault)
    },
    onAdd: (listener) => {
      listeners.push(listener)
    },
    list: () => faults,
    addedAt: (fault) => times.get(fault),
    drop: (fault) => {
      faults = faults.filter((other) => other !== fault)
    },
    clear: () => {
      faults = []
    },
    take: <K extends FaultKind>(kind: K, matches: (fault: Extract<Fault, { kind: K }>) => boolean = () => true) => {
      for (const fault of faults) {
        if (fault.kind !== kind) continue
        const candidate = fault as Extract<Fault, { kind: K }>
        if (!matches(candidate)) continue
        if (fault.kind === 'throttle' && fault.rate !== undefined && random() >= fault.rate) continue
        use(candidate)
        return candidate
      }
      return undefined
    },
  }
}
