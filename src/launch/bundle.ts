import type { Host, JobRecord } from '../core/job/record.ts'
import { packFiles } from './archive.ts'
import { environmentScript } from './environment.ts'
import { programFiles, withTorchrun, type BundleFile } from './program.ts'
import { settingsScript, type LaunchSettings } from './settings.ts'

/**
 * Everything that nodes need to start a job, beside its folder, as a tar.gz for `layout.launch`. It may hold secrets of the
 * job's environment: on nodes only the job's user reads it. Throws JobFileInvalid where a word cannot be passed to a program.
 */
export async function launchBundle(record: JobRecord, settings: LaunchSettings): Promise<Uint8Array> {
  return packFiles(bundleFiles(record, settings))
}

export function bundleFiles(record: JobRecord, settings: LaunchSettings): BundleFile[] {
  const { spec, hosts } = record
  const program = spec.launcher === 'torchrun' ? withTorchrun(record) : spec.program
  return [
    { name: 'settings', text: settingsScript(record, settings) },
    { name: 'environment.sh', text: environmentScript(record) },
    { name: 'hosts', text: hosts.map(({ name, id, ip }) => `${name} ${id} ${ip}\n`).join('') },
    { name: 'hostfile', text: hostfile(hosts) },
    ...programFiles('program', program, spec.env),
    ...(spec.prepare === null ? [] : programFiles('prepare', spec.prepare, spec.env)),
  ]
}

/** Open MPI's: addresses in rank order, since names are known to the cloud's DNS alone. */
export function hostfile(hosts: readonly Host[]): string {
  return hosts.map(({ ip, slots }) => `${ip} slots=${slots}\n`).join('')
}
