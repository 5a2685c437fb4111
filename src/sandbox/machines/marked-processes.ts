import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Processes whose environment has `NAME=value`. It is inherited, so it finds what has left its process group and session.
 * This process itself is never among them.
 */
export async function markedProcesses(name: string, value: string): Promise<number[]> {
  const mark = `${name}=${value}`
  const found = process.platform === 'linux' ? await fromProc(mark) : await fromPs(mark)
  return found.filter((pid) => pid !== process.pid)
}

/** Kills all such processes and waits until none is left, also of those that were being started meanwhile. */
export async function endMarkedProcesses(name: string, value: string): Promise<void> {
  const deadline = Date.now() + 10_000
  let pause = 1
  for (;;) {
    const pids = await markedProcesses(name, value)
    if (pids.length === 0) return
    if (Date.now() > deadline)
      throw new Error(`processes ${pids.join(', ')} do not end; try: kill -9 ${pids.join(' ')}`)
    for (const pid of pids) kill(pid)
    await sleep(pause)
    pause = Math.min(pause * 2, 50)
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself meanwhile.
  }
}

async function fromProc(mark: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))
  const marked = await Promise.all(
    pids.map(async (pid) => {
      // Others' processes cannot be read, and a zombie's environment is empty: neither is one to be ended.
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
      return environment.split('\0').includes(mark) ? [Number(pid)] : []
    }),
  )
  return marked.flat()
}

/** macOS: ps shows the environment of one's own processes after their words. */
async function fromPs(mark: string): Promise<number[]> {
  const { stdout } = await run('ps', ['-Eww', '-axo', 'pid=,command='], { maxBuffer: 64 * 1024 * 1024 }).catch(() => ({
    stdout: '',
  }))
  return stdout.split('\n').flatMap((line) => {
    const words = line.trim().split(/\s+/)
    return words.includes(mark) ? [Number(words[0])] : []
  })
}
