import { existsSync, readFileSync } from 'node:fs'
import { mountPoints } from '../mount-table.ts'

/** What a node's mounts depend on, read once from the machine. */
export interface HostFacts {
  /** Names below /dev that a node gets. */
  readonly devices: readonly string[]
  /** Files in /proc that a node must not use, and folders that it may only read. */
  readonly hidden: readonly string[]
  readonly readOnly: readonly string[]
  /** Parts of the system that lie on file systems of their own: an overlay of `/` does not reach into them. */
  readonly separate: readonly string[]
}

export function hostFacts(): HostFacts {
  const points = new Set(mountPoints(readFileSync('/proc/self/mountinfo', 'utf8')))
  return {
    devices: ['null', 'zero', 'full', 'random', 'urandom', 'tty'].filter((name) => existsSync(`/dev/${name}`)),
    hidden: ['/proc/sysrq-trigger', '/proc/kcore', '/proc/keys', '/proc/timer_list'].filter((path) => existsSync(path)),
    readOnly: ['/proc/sys', '/proc/irq', '/proc/bus', '/proc/fs', '/proc/acpi'].filter((path) => existsSync(path)),
    separate: ['/usr', '/usr/local', '/opt', '/srv', '/etc', '/var', '/var/lib'].filter((path) => points.has(path)),
  }
}
