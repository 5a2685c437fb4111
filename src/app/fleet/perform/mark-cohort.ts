import type { RaiseContext } from './context.ts'

/** These nodes end as soon as no job runs on them: in our own view at once, and as a tag for whoever comes after us. */
export async function markDraining(nodeIds: readonly string[], { services, made }: RaiseContext): Promise<void> {
  await services.compute.markDraining(nodeIds)
  for (const id of nodeIds) made.draining.add(id)
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
