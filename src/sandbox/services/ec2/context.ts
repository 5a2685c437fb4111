import type { Call, Operation } from '../../service.ts'
import type { World } from '../../world.ts'
import { dryRun } from './errors.ts'
import { flag } from './input/leaves.ts'
import { record } from './input/shape.ts'
import type { Fields, Parsed } from './input/shape.ts'
import type { Region } from './state/region.ts'
import type { Resource } from './state/resource.ts'
import { seen } from './state/lagged.ts'

/** What an operation works with: one region of the sandbox's EC2, at one moment. */
export interface Ec2Call {
  readonly world: World
  readonly region: Region
  readonly call: Call
  /** Milliseconds since the epoch. */
  readonly now: number
  /** What was written after this is not seen by describe calls yet. */
  readonly horizon: number
}

interface Definition<F extends Fields> {
  readonly name: string
  readonly input: F
  /** `late` where the operation checks its parameters against what exists and raises `dryRun()` itself. */
  readonly dryRun?: 'late'
  handle(input: Parsed<F> & { readonly DryRun?: boolean }, context: Ec2Call): object
}

/** Binds an operation's definition to the world; every EC2 operation also takes DryRun. */
export function operation<F extends Fields>(definition: Definition<F>) {
  const parse = record({ ...definition.input, DryRun: flag })
  return (world: World, regionOf: (name: string) => Region): Operation => ({
    name: definition.name,
    handle(raw, call) {
      const input = parse(raw, '') as Parsed<F> & { readonly DryRun?: boolean }
      if (input.DryRun === true && definition.dryRun !== 'late') throw dryRun()
      const now = world.clock.now()
      return definition.handle(input, {
        world,
        region: regionOf(call.region),
        call,
        now,
        horizon: now - world.pace.describeLagMs,
      })
    },
  })
}

export type BoundOperation = ReturnType<typeof operation>

/** Whether describe calls show the resource yet. */
export const isSeen = (item: Resource, { horizon }: Ec2Call): boolean => item.createdAt <= horizon

/** The resource's tags as describe calls show them. */
export const tagsSeen =
  ({ horizon }: Ec2Call) =>
  (item: Resource): ReadonlyMap<string, string> =>
    seen(item.tags, horizon)

/** Those of a kind that describe calls show, and the finder by id to go with them. */
export function visible<T extends Resource>(items: ReadonlyMap<string, T>, context: Ec2Call) {
  return {
    all: (): T[] => [...items.values()].filter((item) => isSeen(item, context)),
    find: (id: string): T | undefined => {
      const item = items.get(id)
      return item !== undefined && isSeen(item, context) ? item : undefined
    },
  }
}

export const arn = (context: Ec2Call, rest: string): string =>
  `arn:aws:ec2:${context.region.name}:${context.world.account}:${rest}`
