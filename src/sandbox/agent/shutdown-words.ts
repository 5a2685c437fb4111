/** What somebody in the node asked for with `shutdown`, `poweroff`, `halt` or `reboot`. */
export type PowerRequest =
  | { readonly kind: 'poweroff' | 'reboot'; readonly afterMs: number }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'refused'; readonly words: string }

/**
 * Reads the words of these commands as systemd's do: `shutdown` alone means power off in a minute; `+N` is minutes,
 * `hh:mm` the next such time (in the zone of `now`), `now` at once. Whatever follows the time is the wall message.
 */
export function powerRequest(program: string, words: readonly string[], now: Date): PowerRequest {
  if (program !== 'shutdown') return { kind: directKind(program, words), afterMs: 0 }
  const options = words.filter((word) => word.startsWith('-'))
  const unknown = options.find((word) => !/^(--(poweroff|halt|no-wall|reboot)|-[rhHPkftc]+)$/.test(word))
  if (unknown !== undefined) return refused(`unrecognized option '${unknown}'`)
  if (hasOption(options, 'c')) return { kind: 'cancel' }
  const time = words.find((word) => !word.startsWith('-')) ?? '+1'
  const afterMs = delayMs(time, now)
  if (afterMs === undefined) return refused(`Failed to parse time specification: ${time}`)
  return { kind: hasOption(options, 'r') || options.includes('--reboot') ? 'reboot' : 'poweroff', afterMs }
}

/** `reboot -p` powers off, `halt --reboot` reboots. */
function directKind(program: string, words: readonly string[]): 'poweroff' | 'reboot' {
  if (program !== 'reboot') return words.includes('--reboot') ? 'reboot' : 'poweroff'
  return words.some((word) => /^(-p|--poweroff|--halt)$/.test(word)) ? 'poweroff' : 'reboot'
}

function hasOption(options: readonly string[], letter: string): boolean {
  return options.some((word) => !word.startsWith('--') && word.includes(letter))
}

function delayMs(time: string, now: Date): number | undefined {
  if (time === 'now') return 0
  const minutes = /^\+?(\d{1,7})$/.exec(time)?.[1]
  if (minutes !== undefined) return Number(minutes) * 60_000
  const [, hour, minute] = /^(\d{1,2}):(\d\d)$/.exec(time) ?? []
  if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined
  const at = new Date(now)
  at.setHours(Number(hour), Number(minute), 0, 0)
  if (at <= now) at.setDate(at.getDate() + 1)
  return at.getTime() - now.getTime()
}

function refused(words: string): PowerRequest {
  return { kind: 'refused', words }
}
