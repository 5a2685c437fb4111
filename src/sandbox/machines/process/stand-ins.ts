import { shellCommand, shellQuote } from '../../../kit/shell-quote.ts'

export interface StandIn {
  readonly name: string
  readonly text: string
}

export interface StandInPlaces {
  /** The words that hand a request to the agent: interpreter, program, socket. */
  readonly ask: readonly string[]
  /** Interpreter and program that connect to another node's sshd. */
  readonly connect: readonly string[]
  /** The real ssh. */
  readonly ssh: string
}

/**
 * Programs that come first in a process node's PATH: what would need root is left out or done with a link instead of a
 * mount, the power switch is the node's, and ssh finds other nodes by the addresses that EC2 shows.
 */
export function standIns(places: StandInPlaces): StandIn[] {
  const ask = shellCommand(places.ask)
  const nothing = ['useradd', 'usermod', 'userdel', 'groupadd', 'groupmod', 'groupdel', 'chown', 'chgrp']
  const power = ['shutdown', 'poweroff', 'halt', 'reboot']
  return [
    ...nothing.map((name) => ({ name, text: '#!/bin/sh\nexit 0\n' })),
    ...power.map((name) => ({ name, text: `#!/bin/sh\nexec ${ask} ${name} "$@"\n` })),
    { name: 'mount.lustre', text: `#!/bin/sh\nexec ${ask} mount.lustre "$@"\n` },
    { name: 'mount', text: mount(ask) },
    { name: 'umount', text: umount },
    { name: 'ssh', text: ssh(places) },
  ]
}

function mount(ask: string): string {
  return `#!/bin/sh
case "$*" in
  *'-t lustre'* | *-tlustre*) exec ${ask} mount.lustre "$@" ;;
esac
for real in /bin/mount /sbin/mount; do [ -x "$real" ] && exec "$real" "$@"; done
`
}

const umount = `#!/bin/sh
for place; do :; done
case $place in
  "$MUSTER_NODE_ROOT"/*) link=$place ;;
  *) link=$MUSTER_NODE_ROOT$place ;;
esac
if [ -L "$link" ]; then rm "$link" && exec mkdir "$link"; fi
echo "umount: $place: not mounted." >&2
exit 32
`

function ssh({ connect, ssh: real }: StandInPlaces): string {
  const proxy = connect.map(
    (word) => `"${word.replaceAll(/(["\\%])/g, (sign) => (sign === '%' ? '%%' : `\\${sign}`))}"`,
  )
  return `#!/bin/sh\nexec ${shellQuote(real)} -o ${shellQuote(`ProxyCommand=${proxy.join(' ')} %h %p`)} "$@"\n`
}
