import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import type { AgentSettings } from './messages.ts'

/**
 * A reboot as the instance's programs see it: all of them end at once, file systems are unmounted, sshd starts again. The
 * agent itself stays, as the machine under it does. On a process node there is nothing that could be told apart: no act.
 */
export function reboot(settings: AgentSettings): void {
  if (settings.root !== '') return
  const spared = new Set(['1', String(process.pid)])
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry) || spared.has(entry)) continue
    try {
      process.kill(Number(entry), 'SIGKILL')
    } catch {
      // It ended by itself meanwhile.
    }
  }
  const mounted = mountedBelow(readFileSync('/proc/self/mountinfo', 'utf8'), settings.fileSystems.to)
  if (mounted.length > 0) spawnSync('umount', ['-l', '--', ...mounted], { stdio: 'ignore' })
  spawnSync('/usr/sbin/sshd', { stdio: 'ignore' })
}

/** Mount points of folders below the one that is mounted at `place`. */
export function mountedBelow(mountInfo: string, place: string): string[] {
  const mounts = mountInfo.split('\n').map((line) => {
    const [, , , root = '', point = ''] = line.split(' ')
    return {
      root,
      point: point.replaceAll(/\\(\d{3})/g, (_, octal: string) => String.fromCodePoint(Number.parseInt(octal, 8))),
    }
  })
  const source = mounts.find(({ point }) => point === place)?.root
  return source === undefined
    ? []
    : mounts.filter(({ root }) => root.startsWith(`${source}/`)).map(({ point }) => point)
}
