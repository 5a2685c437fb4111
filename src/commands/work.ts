import { boolean } from '@oclif/core/flags'
import { workQueue, type WorkResult } from '../app/controller/work.ts'
import { cloudFlags } from '../cli/flags.ts'
import { musterHome } from '../cli/home.ts'
import { QueueCommand, type QueueSession } from '../cli/queue-command.ts'
import { startDetached, stopWorker, workerOf, workLog } from '../cli/worker-process.ts'
import { formatDetached, formatStopped, formatWork } from '../ui/results/queue/format-work.ts'

type Detached = { readonly worker: string | null; readonly pid: number | null; readonly log: string }
type Stopped = { readonly stopped: string | null }

/** The controller: it may be killed at any point, and another goes on. */
export default class Work extends QueueCommand<WorkResult | Detached | Stopped> {
  static override summary = 'Work the queue: raise fleets for its jobs, run them, and take the fleets down'
  static override flags = {
    ...cloudFlags,
    detach: boolean({ summary: 'in the background: the terminal may be closed', default: false }),
    'until-drained': boolean({ summary: 'end when no job is left and every fleet is gone', default: false }),
    stop: boolean({
      summary: 'end whoever works the queue; tasks and fleets are left as they are',
      default: false,
      exclusive: ['detach', 'until-drained'],
    }),
  }
  static override examples = [
    "A night's work, with the terminal closed\n<%= config.bin %> work --detach --until-drained",
    'Stop it\n<%= config.bin %> work --stop',
  ]

  protected override readonly isReader = false
  protected override readonly needsNodes = true

  async run(): Promise<WorkResult | Detached | Stopped> {
    const { flags } = await this.parse(Work)
    const untilDrained = flags['until-drained']
    if (flags.stop) return this.#stop(await this.openQueue(flags))
    if (flags.detach) return this.#detach(await this.openQueue(flags), untilDrained)
    const { console, connect, settings } = await this.open(flags)
    const result = await workQueue({ untilDrained, fleets: Object.values(settings.fleets) }, await connect())
    console.show(result, (theme) => formatWork(result, theme))
    return result
  }

  async #stop({ services, console }: QueueSession): Promise<Stopped> {
    const stopped = await stopWorker(services)
    console.show({ stopped }, (theme) => formatStopped(stopped, theme))
    return { stopped }
  }

  async #detach({ services, console, settings, region }: QueueSession, untilDrained: boolean): Promise<Detached> {
    const home = musterHome(process.env)
    const log = workLog(home)
    const worker = await workerOf(services)
    const words = detachedWords({ cloud: settings.cloud, region, profile: settings.profile, untilDrained })
    const started = worker === null ? await startDetached(words, home, services) : null
    const result = { worker: worker ?? (await workerOf(services)), pid: started?.pid ?? null, log }
    console.show(result, (theme) => formatDetached(result, theme))
    return result
  }
}

/** The command line of the one in the background: all that this one found in files and variables is said. */
export function detachedWords(of: {
  readonly cloud: string
  readonly region: string
  readonly profile: string | null
  readonly untilDrained: boolean
}): string[] {
  return [
    'work',
    '--progress',
    'plain',
    '--cloud',
    of.cloud,
    '--region',
    of.region,
    ...(of.profile === null ? [] : ['--profile', of.profile]),
    ...(of.untilDrained ? ['--until-drained'] : []),
  ]
}
