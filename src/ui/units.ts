/** Numbers as people read them. */

const BYTES = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** `512 bytes`, `1.5 kB`, `12 MB`: powers of 1000, as transfer rates are counted. */
export function showBytes(bytes: number): string {
  let value = Math.max(0, bytes)
  let unit = 0
  // 999.5 would round up to 1000 of the smaller unit.
  while (unit < BYTES.length - 1 && value >= (unit === 0 ? 1000 : 999.5)) {
    value /= 1000
    unit += 1
  }
  if (unit === 0) return `${Math.round(value)} ${Math.round(value) === 1 ? 'byte' : 'bytes'}`
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${BYTES[unit]}`
}

/** Bytes in milliseconds: `8.1 MB/s`. */
export function showRate(bytes: number, ms: number): string {
  return ms <= 0 ? '- MB/s' : `${showBytes((bytes / ms) * 1000).replace(/ bytes?$/, ' B')}/s`
}

/** `0.3 s`, `42 s`, `3m 41s`, `2h 05m`, `1d 03h`: from milliseconds. */
export function showDuration(ms: number): string {
  if (ms < 9950) return `${(Math.max(0, ms) / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 1440) return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`
  return `${Math.floor(minutes / 1440)}d ${two(Math.floor((minutes % 1440) / 60))}h`
}

/** `$53.40`; less than a cent is not shown as nothing. */
export function showMoney(usd: number): string {
  return usd > 0 && usd < 0.01 ? '<$0.01' : `$${usd.toFixed(2)}`
}

/** `45 %`; 100 only when it is all. */
export function showPercent(percent: number): string {
  const whole = Math.floor(Math.min(100, Math.max(0, percent)))
  return `${whole} %`
}

const two = (count: number) => String(count).padStart(2, '0')
