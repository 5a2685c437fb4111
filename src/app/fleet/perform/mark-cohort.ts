import type { RaiseContext } from './context.ts'

/** These nodes are to end: in our own view at once, and as a tag for whoever comes after us. */
export async function markDraining(
  nodeIds: readonly string[],
  until: string | null,
  { services, made }: RaiseContext,
): Promise<void> {
  await services.compute.markDraining(nodeIds, until)
  for (const id of nodeIds) made.draining.set(id, until)
}

/** The survivors' cohort has a new name, which carries its new size. */
export async function resizeCohort(
  nodeIds: readonly string[],
  cohort: string,
  { services, made }: RaiseContext,
): Promise<void> {
  await services.compute.renameCohort(nodeIds, cohort)
  for (const id of nodeIds) made.cohorts.set(id, cohort)
}
