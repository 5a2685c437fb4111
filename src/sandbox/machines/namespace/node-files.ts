import { createHash } from 'node:crypto'
import { efaFiles } from '../efa-files.ts'
import type { MachineSpec } from '../machine.ts'
import { nameServerAddress, places } from './places.ts'
import { sshdSettings } from '../sshd-settings.ts'

export interface NodeFile {
  readonly path: string
  readonly text: string
  readonly executable: boolean
}

/**
 * The files that make a node another machine than the one it runs on: name, addresses, sshd, and stand-ins for the
 * programs that would reach for the machine's power switch or for a Lustre kernel module.
 */
export function nodeFiles(spec: MachineSpec, agentEnding: string): NodeFile[] {
  const shortName = spec.hostname.split('.')[0] ?? spec.hostname
  const standIns = ['shutdown', 'poweroff', 'halt', 'reboot', 'mount.lustre'].map((program) => ({
    path: `/sbin/${program}`,
    text: `#!/bin/sh\nexec ${places.node} ${places.agent}/ask${agentEnding} ${places.requests} ${program} "$@"\n`,
    executable: true,
  }))
  return [
    ...standIns,
    ...efaFiles(spec.efaInterfaces),
    plain('/etc/hostname', `${spec.hostname}\n`),
    plain('/etc/hosts', `127.0.0.1 localhost\n${spec.privateIp} ${spec.hostname} ${shortName}\n`),
    plain('/etc/resolv.conf', `search ${domainOf(spec.hostname)}\nnameserver ${nameServerAddress}\n`),
    plain('/etc/fstab', ''),
    plain('/etc/motd', ''),
    plain('/etc/machine-id', `${createHash('md5').update(spec.instanceId).digest('hex')}\n`),
    plain('/etc/ssh/sshd_config', sshdConfig),
    plain('/etc/pam.d/sshd', pam),
    plain(places.packageFile, '{"type":"module"}\n'),
  ]
}

/** `ec2.internal` of `ip-172-31-0-4.ec2.internal`. */
export const domainOf = (hostname: string): string => hostname.slice(hostname.indexOf('.') + 1)

/** Keys only. PAM is on because sshd without it refuses accounts that have no password. */
const sshdConfig = `Port 22
ListenAddress 0.0.0.0
HostKey /etc/ssh/ssh_host_ed25519_key
PidFile ${places.sshdPidFile}
UsePAM yes
${sshdSettings}
AcceptEnv LANG LC_*
Subsystem sftp internal-sftp
`

const pam = `auth required pam_deny.so
account required pam_permit.so
session required pam_permit.so
`

function plain(path: string, text: string): NodeFile {
  return { path, text, executable: false }
}
