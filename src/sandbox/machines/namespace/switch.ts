import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { shellQuote } from '../../../kit/shell-quote.ts'
import { markVariable } from '../home-mark.ts'

/** What joins a sandbox's namespace nodes: a bridge for every VPC that has nodes. */
export interface Switch {
  /** Its network namespace is `/proc/<pid>/ns/net`: it has no name, so nothing of it outlives its process. */
  readonly pid: number
  close(): Promise<void>
}

const setUp = `
ip link set lo up || exit 1
echo up
exec cat
`

/**
 * Starts the switch: a network namespace for bridges alone, so that nothing shows among the machine's own links and two
 * sandboxes may use the same addresses. It ends when this process does: its standard input closes. The bridges come with
 * the first node of their VPC (`plugIn`).
 */
export async function startSwitch(mark: string): Promise<Switch> {
  const child = spawn('unshare', ['--net', '--', '/bin/sh', '-c', setUp], {
    env: { PATH: process.env['PATH'], [markVariable]: mark },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  child.stdin.on('error', () => {})
  const exited = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      errors += error.message
      resolve()
    })
    child.once('exit', () => resolve())
  })
  await Promise.race([once(child.stdout, 'data'), exited])
  const { pid } = child
  if (pid === undefined || child.exitCode !== null) throw new Error(`cannot make the nodes' network: ${errors.trim()}`)
  return {
    pid,
    async close() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/**
 * Shell text that puts a node's port on the bridge of its VPC, in the switch's namespace, and makes the bridge where it is
 * missing; of two nodes that come at once, one makes it. VPCs may have the same addresses: they share no bridge.
 */
export function plugIn(network: string, port: string): string {
  // 15 characters are the most that a link's name may have.
  const bridge = shellQuote(`br-${network.replace('vpc-', '').slice(0, 12)}`)
  const join = `ip link set ${shellQuote(port)} master ${bridge}`
  return `${join} 2>/dev/null || {
ip link add ${bridge} mtu 9001 type bridge stp_state 0 forward_delay 0 mcast_snooping 0 2>/dev/null
ip link set ${bridge} up && ${join}
}`
}
