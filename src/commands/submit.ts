import { string } from '@oclif/core/args'
import { boolean, integer, string as stringFlag } from '@oclif/core/flags'
import { submitToQueue, type SubmitResult } from '../app/queue/submit.ts'
import { splitArgv } from '../cli/argv.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import { cloudFlags } from '../cli/flags.ts'
import { jobFlags, jobFromFlags } from '../cli/job-flags.ts'
import { chooseFleet } from '../config/choose-fleet.ts'
import { loadJobs } from '../config/load-job.ts'
import type { QueueFlags } from '../config/queue-options.ts'
import { formatSubmit } from '../ui/results/queue/format-submit.ts'

/** A job, or several of one file, into the queue; `muster work` runs them. */
export default class Submit extends CloudCommand<SubmitResult> {
  static override summary = 'Put a job, or a file of several, into the queue, for whoever works it'
  static override usage = 'submit [JOBFILE] [FLAGS] [-- COMMAND...]'
  static override args = {
    jobfile: string({ description: 'a job file (YAML), of one job or several; without one, a command after --' }),
  }
  static override flags = {
    ...cloudFlags,
    ...jobFlags,
    array: stringFlag({ summary: 'many tasks, and how many run at once: 0-99%8', helpValue: 'INDICES' }),
    matrix: stringFlag({
      summary: 'a task for every combination: lr=0.1,0.01 or seed=1..5',
      helpValue: 'NAME=VALUES',
      multiple: true,
      multipleNonGreedy: true,
    }),
    after: stringFlag({
      summary: 'only after this job is done, or with :any has ended',
      helpValue: 'JOB[:ok|any]',
      multiple: true,
      multipleNonGreedy: true,
    }),
    priority: integer({ summary: '-1000 to 1000; higher goes first', helpValue: 'P' }),
    share: boolean({ summary: 'several tasks share one node', allowNo: true }),
    retries: integer({ summary: 'begin a task that failed again, so many times', helpValue: 'N' }),
    hold: boolean({ summary: 'let it wait until muster release', default: false }),
    'test-only': boolean({ summary: 'say whether it would be taken, and submit nothing', default: false }),
    parsable: boolean({ summary: 'print the id and nothing else, of several jobs one a line', default: false }),
  }
  static override examples = [
    'A hundred tasks, eight at once\n<%= config.bin %> submit jobs/heat.yaml --array 0-99%8',
    'Every combination, each in a node of its own\n<%= config.bin %> submit --nodes 1 --matrix lr=0.1,0.01 --matrix seed=1..5 -- ./train {lr} {seed}',
    "A night's batch: what is in one file is taken together or not at all\n<%= config.bin %> submit jobs/night.yaml",
    'One job after another, in a script\n<%= config.bin %> submit b.yaml --after $(<%= config.bin %> submit a.yaml --parsable)',
  ]

  async run(): Promise<SubmitResult> {
    const { own, program } = splitArgv(this.argv)
    const { args, flags } = await this.parse(Submit, [...own])
    const { settings, connect, console } = await this.open({ ...flags, quiet: flags.quiet || flags.parsable })
    const request = { ...jobFromFlags(args.jobfile, program, flags), queue: queueFromFlags(flags) }
    const fleetNodes = (name: string | null) => chooseFleet(settings, name).nodes
    const loaded = await loadJobs({ ...request, cwd: process.cwd(), fleetNodes })
    const wanted = loaded.kind === 'batch' ? [...loaded.jobs] : [[null, loaded.job] as const]
    const jobs = wanted.map(([name, { spec, fleet, queue }]) => {
      return { name, spec, fleet: chooseFleet(settings, fleet), queue: { ...queue, held: flags.hold } }
    })
    const testOnly = flags['test-only']
    const result = await submitToQueue({ jobs, testOnly }, await connect())
    const shown = { ...result, testOnly }
    console.show(result, (theme) =>
      flags.parsable ? result.jobs.flatMap(({ job }) => job ?? []) : formatSubmit(shown, theme),
    )
    return result
  }
}

/** What the flags say of the queue, unchecked. */
export function queueFromFlags(flags: QueueFlags): QueueFlags {
  const { array, matrix, after, priority, share, retries } = flags
  return { array, matrix, after, priority, share, retries }
}
