import { dirname } from 'node:path'
import { shellCommand, shellQuote } from '../../../kit/shell-quote.ts'
import type { MachineSpec } from '../machine.ts'
import type { NodeFile } from './node-files.ts'
import { mountList } from './mount-list.ts'
import type { HostFacts } from './host-facts.ts'
import { metadataAddress, nameServerAddress, places } from './places.ts'
import { plugIn } from './switch.ts'

export interface BootPlan {
  readonly spec: Pick<MachineSpec, 'privateIp' | 'prefixLength' | 'network' | 'hostname'>
  /** `<home>/nodes/<id>`, with the folders upper, work, root and own in it. */
  readonly folder: string
  readonly home: string
  readonly fileSystems: string
  readonly apiSocket: string | null
  readonly switchPid: number
  /** The name of the node's port on the switch: at most 15 characters, used once. */
  readonly port: string
  readonly node: string
  readonly agentFolder: string
  /** What an earlier node had written, as `saveNodeDisk` copied it. */
  readonly disk: string | null
  readonly files: readonly NodeFile[]
  /** What the node's process 1 does: shell text. */
  readonly init: string
}

/** What could harm the machine, or keep the node's folder from being deleted. Mounting stays allowed. */
const droppedCapabilities = [
  'sys_module,sys_boot,sys_rawio,mknod,sys_time,syslog,linux_immutable,mac_admin,mac_override',
  'audit_control,wake_alarm,block_suspend,sys_pacct,sys_tty_config,dac_read_search',
]
  .join(',')
  .split(',')

/**
 * The script that turns fresh namespaces into a node; it runs as process 1 in them. One script and few programs, because
 * each costs a millisecond. Everything is written after pivot_root: a symbolic link of the machine's cannot lead it out.
 * It prints `init PID` (the machine's number of process 1), then `mounted`, and ends by becoming the node's init.
 */
export function bootScript(plan: BootPlan, host: HostFacts): string {
  return `set -eu
umask 022
read -r pid rest </proc/self/stat
echo "init $pid"
cd ${shellQuote(plan.folder)}
${network(plan)}
${earlierDisk(plan)}
${root()}
cat >/run/fstab <<'END'
${mountList(plan, host)}
END
mount -t proc -o nosuid,nodev,noexec proc /proc
mount -t tmpfs -o mode=755,nosuid,size=64k tmpfs /dev
cp -a ${host.devices.map((name) => `/run/old/dev/${name}`).join(' ')} /dev/
mount -a -T /run/fstab
umount -l /run/old
rmdir /run/old
ln -s /proc/self/fd /dev/fd
ln -s /proc/self/fd/0 /dev/stdin
ln -s /proc/self/fd/1 /dev/stdout
ln -s /proc/self/fd/2 /dev/stderr
ln -s pts/ptmx /dev/ptmx
rm -f /run/fstab /etc/ssh/ssh_host_* ${shellCommand(plan.files.map(({ path }) => path))}
${folders(plan)}
${plan.files.map(({ path, text }) => `printf %s ${shellQuote(text)} >${shellQuote(path)}`).join('\n')}
chmod 755 ${shellCommand(plan.files.filter(({ executable }) => executable).map(({ path }) => path))}
echo mounted
cd /
exec setpriv --bounding-set ${droppedCapabilities.map((name) => `-${name}`).join(',')} /bin/sh -c ${shellQuote(plan.init)}
`
}

/**
 * Puts what an earlier node had written into this one's layer. (A layer below it would cost no copy, but overlayfs takes none
 * that lies within another, and `/` holds them all: ELOOP.)
 */
function earlierDisk({ disk }: BootPlan): string {
  return disk === null ? ':' : `cp -a -- ${shellQuote(`${disk}/.`)} .`
}

/** What a machine need not have. */
function folders({ files }: BootPlan): string {
  const missing = new Set(files.map(({ path }) => dirname(path)).filter((folder) => folder.startsWith('/opt/')))
  return missing.size === 0 ? ':' : `mkdir -p ${shellCommand([...missing])}`
}

/**
 * The node's end of a cable to the switch. IPv6 is off: nothing in the VPC speaks it. The addresses of metadata and names are local
 * routes and no interface's, as on EC2: Open MPI would offer it to other nodes as ones where it can be reached.
 */
function network({ spec, switchPid, port }: BootPlan): string {
  const switchNetwork = `/proc/${switchPid}/ns/net`
  return `echo ${shellQuote(spec.hostname)} >/proc/sys/kernel/hostname
{ echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6; } 2>/dev/null || :
ip -batch - <<'END'
link set lo up
route add local ${metadataAddress}/32 dev lo table local
route add local ${nameServerAddress}/32 dev lo table local
link add eth0 mtu 9001 type veth peer name ${port} mtu 9001 netns ${switchNetwork}
addr add ${spec.privateIp}/${spec.prefixLength} dev eth0
link set eth0 up
END
nsenter --net=${switchNetwork} /bin/sh -c ${shellQuote(`ip link set ${port} up\n${plugIn(spec.network, port)}`)}`
}

/**
 * The machine's own root under a layer that the node writes to. Where the home's file system cannot be such a layer
 * (a container's overlay), memory is.
 */
function root(): string {
  const overlay = 'mount -t overlay muster root -o lowerdir=/,upperdir=upper,workdir=work'
  return `{ ${overlay},volatile || ${overlay}; } 2>/dev/null || {
mount -t tmpfs -o mode=755 tmpfs work
mkdir work/upper work/work
mount -t overlay muster root -o lowerdir=/,upperdir=work/upper,workdir=work/work
}
mount -t tmpfs -o mode=755,nosuid,nodev tmpfs root/run
mkdir -p root/run/old root/run/lock root/run/sshd root${places.agent} root${places.fileSystems}
chmod 700 root${places.private}
: >root${places.node}
: >root${places.api}
cd root
pivot_root . run/old
cd /`
}
