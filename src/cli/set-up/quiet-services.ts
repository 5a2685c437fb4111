import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { execa } from 'execa'

const POLICY = '/usr/sbin/policy-rc.d'
const MARK = '# written by muster while it installs packages; safe to remove'

/** In the environment of the installation, and by inheritance of whatever a package's scripts would start. */
export const quietServices = { MUSTER_INSTALLS: '1' } as const

/** Forbids services to our own installation alone: where a `kill -9` leaves the file behind, it is in nobody's way. */
export const servicePolicy = `#!/bin/sh
${MARK}
[ -z "$MUSTER_INSTALLS" ] || exit 101
exit 0
`

/**
 * Debian starts a service as soon as its package is installed. Nodes of the sandbox need the program sshd; this machine
 * must not start to listen because of that. Debian's own switch is a `policy-rc.d` that forbids it: it is there while
 * `install` runs (which must carry `quietServices`), unless the machine has a policy of its own. A muster that leaves at
 * once leaves it, because apt-get may go on. Where systemd runs, sshd is not left enabled for the next boot either.
 */
export async function withoutStartingServices(install: () => Promise<void>): Promise<void> {
  const hadServer = existsSync('/usr/sbin/sshd')
  const ours = !existsSync(POLICY) || readFileSync(POLICY, 'utf8').includes(MARK)
  if (ours) writeFileSync(POLICY, servicePolicy, { mode: 0o755 })
  try {
    await install()
  } finally {
    if (ours) rmSync(POLICY, { force: true })
  }
  if (!hadServer && existsSync('/run/systemd/system')) {
    await execa('systemctl', ['disable', 'ssh.service', 'ssh.socket'], { reject: false, stdin: 'ignore' })
  }
}
