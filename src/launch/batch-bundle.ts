import type { BatchRecord, JobRecord } from '../core/job/record.ts'
import { shellQuote } from '../kit/shell-quote.ts'
import { packFiles } from './archive.ts'
import { environmentPrefix, environmentScript } from './environment.ts'
import { hostfile } from './bundle.ts'
import { commandOf, firstWord, type BundleFile } from './program.ts'
import { settingsScript, type LaunchSettings } from './settings.ts'

/**
 * Everything that a node needs to run a batch of tasks, as a tar.gz for `layout.launch`: what all of them share once, and two small
 * files a task (templates/node/launch-task.sh). Throws JobFileInvalid where a word cannot be passed to a program.
 */
export async function batchBundle(
  batch: BatchRecord,
  tasks: readonly JobRecord[],
  settings: LaunchSettings,
): Promise<Uint8Array> {
  return packFiles(batchFiles(batch, tasks, settings))
}

function batchFiles(batch: BatchRecord, tasks: readonly JobRecord[], settings: LaunchSettings): BundleFile[] {
  const { hosts, spec } = batch
  return [
    { name: 'settings', text: settingsScript(batch, settings) },
    { name: 'hosts', text: hosts.map(({ name, id, ip }) => `${name} ${id} ${ip}\n`).join('') },
    { name: 'hostfile', text: hostfile(hosts) },
    { name: 'list', text: tasks.map(({ id, checkpoint }) => `${id}${checkpoint ? ` ${checkpoint}` : ''}\n`).join('') },
    ...(spec.program.kind === 'script' ? [{ name: 'program.script', text: spec.program.text }] : []),
    ...tasks.flatMap((task, nth) => [
      {
        name: `tasks/${nth + 1}.env`,
        text: `checkpoint=${shellQuote(task.checkpoint ?? '')}\n${environmentScript(task)}`,
      },
      { name: `tasks/${nth + 1}.program`, text: programOf(task) },
    ]),
  ]
}

/** Sourced by launch-task.sh: it becomes the program. */
function programOf({ spec: { program, env } }: JobRecord): string {
  const script = '"$bundle/program.script"'
  return `must_exist ${shellQuote(firstWord(program))}\n${commandOf(program, environmentPrefix(env), script)}\n`
}
