import { readFile, readdir } from 'node:fs/promises'

/**
 * What a sandbox of this home has on the machine: processes that name it (on their command line or in their environment),
 * mounts below it. Not this process itself.
 */
export async function tracesOf(home: string): Promise<string[]> {
  const mounts = (await text('/proc/mounts')).split('\n').filter((line) => line.includes(home))
  const traces = mounts.map((line) => `mount ${line}`)
  for (const pid of await pids()) {
    const words = (await text(`/proc/${pid}/cmdline`)).replaceAll('\0', ' ').trim()
    const environment = await text(`/proc/${pid}/environ`)
    if (words.includes(home) || environment.includes(home)) traces.push(`process ${pid}: ${words}`)
  }
  return traces
}

/** Kills every process whose command line or environment names `word`, as a power cut would; resolves with how many. */
export async function killAll(word: string): Promise<number> {
  let killed = 0
  for (const pid of await pids()) {
    const all = (await text(`/proc/${pid}/cmdline`)) + (await text(`/proc/${pid}/environ`))
    if (!all.includes(word)) continue
    process.kill(Number(pid), 'SIGKILL')
    killed += 1
  }
  return killed
}

async function pids(): Promise<string[]> {
  const names = await readdir('/proc').catch(() => [])
  return names.filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
}

async function text(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}
