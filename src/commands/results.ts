import { resolve } from 'node:path'
import { string } from '@oclif/core/args'
import { string as stringFlag } from '@oclif/core/flags'
import { runOf } from '../app/queue/run-of.ts'
import type { ResultsRequest } from '../app/requests.ts'
import type { ResultsResult } from '../app/results/job.ts'
import { fetchResultsAgain } from '../app/run/results-again.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import type { ExitCodeRow } from '../cli/command.ts'
import { cloudFlags } from '../cli/flags.ts'
import { EXIT } from '../core/errors/codes.ts'
import { formatResults } from '../ui/results/format-results.ts'

/** Log and outputs stay in the bucket: where the disk was full, or on another laptop, they are fetched once more. */
export default class Results extends CloudCommand<ResultsResult> {
  static override summary = "Fetch a finished job's log and outputs again"
  static override args = {
    job: string({ description: 'a job by its id or name, or JOB.TASK; the newest job where none is named' }),
  }
  static override flags = {
    ...cloudFlags,
    into: stringFlag({ summary: "make the job's folder in this one, not in results/", helpValue: 'FOLDER' }),
  }
  static override examples = [
    'Fetch what the newest job left\n<%= config.bin %> results',
    'Fetch the log and outputs of one job to a larger disk\n<%= config.bin %> results heat-20261123-143205-k7f2 --into /data',
  ]
  static override exitCodes: readonly ExitCodeRow[] = [[String(EXIT.stillRunning), 'the job has not ended yet']]

  async run(): Promise<ResultsResult> {
    const { args, flags } = await this.parse(Results)
    const { settings, connect, console } = await this.open(flags)
    const services = await connect()
    const run = args.job === undefined ? undefined : await runOf(args.job, 'muster results', services)
    const request = requestFromFlags(run, flags, `${settings.projectFolder}/results`)
    const result = await fetchResultsAgain(request, services)
    console.show(result, (theme) => formatResults(result, theme))
    return result
  }
}

export function requestFromFlags(
  job: string | undefined,
  { into }: { readonly into?: string | undefined },
  resultsFolder: string,
): ResultsRequest {
  return { job: job ?? null, into: into === undefined ? resultsFolder : resolve(into) }
}
