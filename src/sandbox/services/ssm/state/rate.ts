/** MaxConcurrency and MaxErrors: a number or a share of the nodes, rounded down, as the user guide's examples have it. */
export function shareOf(limit: string, targets: number): number {
  if (!limit.endsWith('%')) return Number(limit)
  return Math.floor((targets * Number(limit.slice(0, -1))) / 100)
}

/** How many nodes may hold the command at once; a percentage never comes to none. */
export function concurrencyOf(limit: string, targets: number): number {
  return Math.max(1, shareOf(limit, targets))
}
