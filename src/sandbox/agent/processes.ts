import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What says whether a process is meant: one `NAME=value` of its environment, or its command line's words. */
export interface ProcessMark {
  readonly environment: (assignment: string) => boolean
  readonly command: (words: string) => boolean
}

/**
 * Kills all such processes and waits until none is left, also of those that were being started meanwhile. The environment
 * is inherited, so this finds what has left its process group and session. This process itself is spared.
 */
export async function endProcesses(mark: ProcessMark): Promise<void> {
  const deadline = Date.now() + 10_000
  let pause = 1
  for (;;) {
    const pids = await findProcesses(mark)
    if (pids.length === 0) return
    if (Date.now() > deadline)
      throw new Error(`processes ${pids.join(', ')} do not end; try: kill -9 ${pids.join(' ')}`)
    for (const pid of pids) kill(pid)
    await sleep(pause)
    pause = Math.min(pause * 2, 50)
  }
}

export async function findProcesses(mark: ProcessMark): Promise<number[]> {
  const found = process.platform === 'linux' ? await fromProc(mark) : await fromPs(mark)
  return found.filter((pid) => pid !== process.pid)
}

/** Every process of one process node: all inherit its root's name, and sshd, which hides its environment, its settings' path. */
export function processesOfNode(root: string): ProcessMark {
  return {
    environment: (assignment) => assignment === `MUSTER_NODE_ROOT=${root}`,
    command: (words) => words.includes(`${root}/etc/ssh/sshd_config`),
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself meanwhile.
  }
}

async function fromProc(mark: ProcessMark): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))
  const found = await Promise.all(
    pids.map(async (pid) => {
      // Others' processes cannot be read, and a zombie's files are empty: neither is one to be ended.
      const [environment, command] = await Promise.all(
        ['environ', 'cmdline'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')),
      )
      const isMeant =
        environment?.split('\0').some(mark.environment) === true || mark.command((command ?? '').replaceAll('\0', ' '))
      return isMeant ? [Number(pid)] : []
    }),
  )
  return found.flat()
}

/** macOS: ps shows the environment of one's own processes after their words. */
async function fromPs(mark: ProcessMark): Promise<number[]> {
  const listing = await run('ps', ['-Eww', '-axo', 'pid=,command='], { maxBuffer: 64 * 1024 * 1024 }).catch(() => null)
  return (listing?.stdout ?? '').split('\n').flatMap((line) => {
    const [pid = '', ...words] = line.trim().split(/\s+/)
    return words.some(mark.environment) || mark.command(words.join(' ')) ? [Number(pid)] : []
  })
}
