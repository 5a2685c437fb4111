import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AgentSettings } from '../../agent/messages.ts'
import type { MachineSpec } from '../machine.ts'
import { sshdSettings } from '../sshd-settings.ts'

/** Everything about one process node that follows from its spec, its folder and the port of its sshd. */
export interface NodeSettings {
  readonly agent: AgentSettings
  readonly shims: string
  readonly sshdConfig: string
}

/** The longest path of a unix socket on macOS, without the final NUL. */
const longestSocketPath = 103

/** The node's own loopback address on Linux, made from what EC2 shows; macOS has only one. */
export function loopbackAddress(privateIp: string, platform: NodeJS.Platform = process.platform): string {
  return platform === 'linux' ? privateIp.replace(/^\d+/, '127') : '127.0.0.1'
}

export function nodeSettings(
  spec: MachineSpec,
  folder: string,
  fileSystems: string,
  sshPort: number | null,
): NodeSettings {
  const root = join(folder, 'root')
  const shims = join(folder, 'shims')
  const address = loopbackAddress(spec.privateIp)
  const env = {
    PATH: `${shims}:${process.env['PATH'] ?? '/usr/bin:/bin'}:/usr/sbin:/sbin`,
    LANG: 'C.UTF-8',
    HOME: join(root, 'root'),
    TMPDIR: join(root, 'tmp'),
    MUSTER_NODE_ROOT: root,
    ...(sshPort === null ? {} : { MUSTER_SSH_PORT: String(sshPort) }),
  }
  return {
    shims,
    sshdConfig: sshdConfig(root, address, sshPort ?? 0, env),
    agent: {
      instanceId: spec.instanceId,
      region: spec.region,
      root,
      metadata: { host: address, port: 0 },
      names: null,
      forward: null,
      requests: requestSocket(folder),
      sshdPidFile: sshPort === null ? null : join(root, 'run/sshd.pid'),
      fileSystems: { from: fileSystems, to: fileSystems },
      mounts: 'symlink',
      env,
      cwd: root,
    },
  }
}

/** In the node's folder, or below the system's temporary folder where its path would be too long for a socket. */
export function requestSocket(folder: string): string {
  const inside = join(folder, 'agent.sock')
  if (Buffer.byteLength(inside) <= longestSocketPath) return inside
  return join(tmpdir(), `muster-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.sock`)
}

/** Keys only, for whoever runs the sandbox. Sessions get the node's variables: by them its processes are found again. */
function sshdConfig(root: string, address: string, port: number, env: Readonly<Record<string, string>>): string {
  return `Port ${port}
ListenAddress ${address}
HostKey "${root}/etc/ssh/ssh_host_ed25519_key"
PidFile "${root}/run/sshd.pid"
AuthorizedKeysFile "${root}/home/muster/.ssh/authorized_keys"
UsePAM no
StrictModes no
${sshdSettings}
SetEnv ${Object.entries(env)
    .map(([name, value]) => `"${name}=${value}"`)
    .join(' ')}
Subsystem sftp internal-sftp
`
}
