import { string } from '@oclif/core/flags'
import { string as argument } from '@oclif/core/args'
import { readCost, type CostRequest } from '../app/cost/read-cost.ts'
import type { CostResult } from '../app/results/cost.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import { cloudFlags } from '../cli/flags.ts'
import { since } from '../config/since.ts'
import { formatCost } from '../ui/results/format-cost.ts'

/** What was paid, also for what is gone. */
export default class Cost extends CloudCommand<CostResult> {
  static override summary = 'Show what fleets and jobs have cost: paid, used, wasted (boot, idle, failed)'
  static override args = {
    of: argument({ description: 'a fleet, a job by its id or name, or JOB.TASK; all where nothing is said' }),
  }
  static override flags = {
    ...cloudFlags,
    since: string({ summary: 'only from then on: 12h, 7d, or a day such as 2026-11-01', helpValue: 'TIME' }),
  }
  static override examples = [
    'What the last week cost\n<%= config.bin %> cost --since 7d',
    'What one job cost, for a program\n<%= config.bin %> cost heat-20261123-143205-k7f2 --json',
  ]

  protected override readonly isReader = true

  async run(): Promise<CostResult> {
    const { args, flags } = await this.parse(Cost)
    const request = requestFromFlags(args.of, flags, Date.now())
    const { connect, console } = await this.open(flags)
    const result = await readCost(request, await connect())
    console.show(result, (theme) => formatCost(result, { theme, columns: process.stdout.columns }))
    return result
  }
}

/** @throws MusterError UsageInvalid. */
export function requestFromFlags(
  of: string | undefined,
  flags: { readonly since?: string | undefined },
  now: number,
): CostRequest {
  return { of: of ?? null, since: since(flags.since, now) }
}
