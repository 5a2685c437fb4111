import { powerRequest } from './shutdown-words.ts'
import type { Reply } from './requests.ts'

const longestTimerMs = 2 ** 31 - 1

/** The node's power switch: one shutdown may be scheduled at a time; a later one takes its place. */
export function powerSwitch(act: (kind: 'poweroff' | 'reboot') => void) {
  let timer: NodeJS.Timeout | undefined
  return (program: string, words: readonly string[]): Reply => {
    const request = powerRequest(program, words, new Date())
    if (request.kind === 'refused') return { exitCode: 1, stdout: '', stderr: `${program}: ${request.words}\n` }
    clearTimeout(timer)
    if (request.kind === 'cancel') return { exitCode: 0, stdout: '', stderr: '' }
    if (request.afterMs === 0) {
      // Answered first: the caller's shell should see `shutdown` succeed before the node is gone.
      setTimeout(act, 10, request.kind)
      return { exitCode: 0, stdout: '', stderr: '' }
    }
    timer = setTimeout(act, Math.min(request.afterMs, longestTimerMs), request.kind)
    const at = new Date(Date.now() + request.afterMs)
    const what = request.kind === 'reboot' ? 'Reboot' : 'Shutdown'
    const notice = `${what} scheduled for ${at.toString().replace(/ GMT.*/, '')}, use 'shutdown -c' to cancel.\n`
    return { exitCode: 0, stdout: '', stderr: notice }
  }
}
