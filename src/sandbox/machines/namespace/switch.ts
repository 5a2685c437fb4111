import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { markVariable } from '../home-mark.ts'

/** The one network that a sandbox's namespace nodes share. */
export interface Switch {
  /** Its network namespace is `/proc/<pid>/ns/net`: it has no name, so nothing of it outlives its process. */
  readonly pid: number
  close(): Promise<void>
}

const setUp = `
ip -batch - <<'END' || exit 1
link add br0 mtu 9001 type bridge stp_state 0 forward_delay 0 mcast_snooping 0
link set br0 up
END
echo up
exec cat
`

/**
 * Starts the switch: a bridge alone in a network namespace, so that nothing shows among the machine's own links and two
 * sandboxes may use the same addresses. It ends when this process does: its standard input closes.
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
