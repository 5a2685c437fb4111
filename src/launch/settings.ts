import type { JobRecord } from '../core/job/record.ts'
import { shellQuote } from '../kit/shell-quote.ts'
import { outputRegex } from './outputs.ts'
import { firstWord, withTorchrun } from './program.ts'

/** What the run is told beside the job itself. */
export interface LaunchSettings {
  /** Key of the job folder's archive; null where nothing was sent. */
  readonly archiveKey: string | null
  /** Where the shared storage is on nodes; null where there is none. */
  readonly mountPoint: string | null
  readonly logIntervalMs: number
  /** True where the fleet's nodes have EFA that carries: then MPI must use it. */
  readonly efa: boolean
}

/** `settings` of a bundle: shell assignments that the node scripts source. The job's environment is not among them. */
export function settingsScript(record: JobRecord, settings: LaunchSettings): string {
  const { spec } = record
  const program = spec.launcher === 'torchrun' ? withTorchrun(record) : spec.program
  const values: Record<string, string> = {
    launcher: spec.launcher,
    nodes: String(spec.nodes),
    tasks_per_node: String(spec.tasksPerNode),
    program_word: firstWord(program),
    prepare: spec.prepare === null ? 'no' : 'yes',
    prepare_word: firstWord(spec.prepare),
    archive_key: settings.archiveKey ?? '',
    mount_point: settings.mountPoint ?? '',
    log_interval_ms: String(settings.logIntervalMs),
    efa: settings.efa ? '1' : '0',
    time_limit_s: spec.timeLimitS === null ? '' : String(spec.timeLimitS),
    notice_signal: spec.noticeSignal ?? '',
    checkpoint: record.checkpoint ?? '',
    output_count: String(spec.outputs.length),
  }
  spec.outputs.forEach((glob, index) => {
    values[`output_pattern_${index + 1}`] = glob
    values[`output_regex_${index + 1}`] = outputRegex(glob)
  })
  return Object.entries(values)
    .map(([name, value]) => `${name}=${shellQuote(value)}\n`)
    .join('')
}
