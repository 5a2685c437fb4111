import { string } from '@oclif/core/args'
import { boolean } from '@oclif/core/flags'
import { planFleet } from '../app/plan/plan-fleet.ts'
import type { RunResult } from '../app/results/job.ts'
import type { RaisePlan } from '../app/results/plan.ts'
import { runJob } from '../app/run/run-job.ts'
import { splitArgv } from '../cli/argv.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import type { ExitCodeRow } from '../cli/command.ts'
import { cloudFlags, dryRunFlag, waitCapacityFlag, yesFlag } from '../cli/flags.ts'
import { jobFlags, jobFromFlags } from '../cli/job-flags.ts'
import { warnWhenUnread } from '../cli/unread-output.ts'
import { mustBeWritable } from '../cli/writable-folder.ts'
import { chooseFleet } from '../config/choose-fleet.ts'
import { loadJob } from '../config/load-job.ts'
import { waitCapacityMs } from '../config/wait-time.ts'
import { EXIT } from '../core/errors/codes.ts'
import { MusterError } from '../core/errors/muster-error.ts'
import { shellQuote } from '../kit/shell-quote.ts'
import { formatRaisePlan } from '../ui/results/format-plan.ts'
import { formatRun } from '../ui/results/format-run.ts'

/** The main job: everything that is wrong with job, flags and settings is refused before anything is made. */
export default class Run extends CloudCommand<RunResult | RaisePlan> {
  static override summary = 'Run a job: raise its fleet, stream its output, fetch its results, take the fleet down'
  static override usage = 'run [JOBFILE] [FLAGS] [-- COMMAND...]'
  static override args = { jobfile: string({ description: 'a job file (YAML); without one, a command after --' }) }
  static override flags = {
    ...cloudFlags,
    ...dryRunFlag,
    ...yesFlag,
    ...waitCapacityFlag,
    ...jobFlags,
    // Without a default an absent flag is undefined, whatever oclif's types say, and JSON would leave `kept` out.
    keep: boolean({ char: 'k', summary: 'leave the fleet up: the next run on it starts at once', default: false }),
  }
  static override examples = [
    'Run a job file\n<%= config.bin %> run jobs/heat.yaml',
    'Run one command on two nodes, four ranks each, and leave the fleet up\n<%= config.bin %> run --nodes 2 --tasks-per-node 4 --keep -- hostname',
    'Get the result as JSON, with nothing but it on stdout\n<%= config.bin %> run jobs/heat.yaml --json --quiet',
  ]
  static override exitCodes: readonly ExitCodeRow[] = [
    ['0-255', "the job's own exit code, where it ran (128 + signal where a signal ended it)"],
    [String(EXIT.failed), ''],
    [String(EXIT.bug), ''],
    [String(EXIT.stillRunning), 'you left the job running'],
    [String(EXIT.runFailed), "muster's own failure, so that it is not taken for the job's"],
  ]

  protected override readonly needsNodes = true

  async run(): Promise<RunResult | RaisePlan> {
    const { own, program } = splitArgv(this.argv)
    const { args, flags } = await this.parse(Run, [...own])
    const { settings, connect, console } = await this.open(flags)
    const wait = waitCapacityMs(flags['wait-capacity'])
    const request = jobFromFlags(args.jobfile, program, flags)
    const fleetNodes = (name: string | null) => chooseFleet(settings, name).nodes
    const { spec, fleet, queue } = await loadJob({ ...request, cwd: process.cwd(), fleetNodes })
    if (queue.array !== null) throw onlyForTheQueue(args.jobfile)
    if (flags['dry-run']) {
      const wanted = { ...chooseFleet(settings, fleet), nodes: spec.nodes }
      const plan = await planFleet(wanted, await connect(), { job: spec, keep: flags.keep ?? false })
      console.show(plan, (theme) => formatRaisePlan(plan, theme, process.stdout.columns))
      return plan
    }
    warnWhenUnread(console.events)
    const resultsFolder = `${settings.projectFolder}/results`
    await mustBeWritable(resultsFolder)
    const result = await runJob(
      {
        job: spec,
        fleet: chooseFleet(settings, fleet),
        keep: flags.keep,
        yes: flags.yes,
        waitCapacityMs: wait,
        resultsFolder,
        output: console.output,
      },
      await connect(),
    )
    console.show(result, (theme) => (flags.quiet ? [] : formatRun(result, theme)), 'stderr')
    process.exitCode = result.exitCode
    return result
  }

  protected override exitCodeOf(error: MusterError): number {
    return error.exitCode === EXIT.failed || error.exitCode === EXIT.bug ? EXIT.runFailed : error.exitCode
  }
}

function onlyForTheQueue(file: string | undefined): MusterError {
  return new MusterError('UsageInvalid', 'the job has an array of tasks, and muster run runs one task', {
    suggestions: [`muster submit ${file === undefined ? 'JOBFILE' : shellQuote(file)}`],
  })
}
