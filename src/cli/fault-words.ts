import { MusterError } from '../core/errors/muster-error.ts'

const EXAMPLE = 'muster sandbox fault add throttle operation=ec2:CreateFleet count=3'

/**
 * A fault as it is typed: `KIND key=value ...`, where numbers are numbers, times (`afterMs`) may have a unit (`30s`) and
 * `availableZones` is a list with commas, or one word of JSON. What makes a fault is the sandbox's to say. Throws UsageInvalid.
 */
export function faultFromWords(words: readonly string[]): unknown {
  const [kind, ...settings] = words
  if (kind === undefined) throw refuse('a fault needs a kind')
  if (kind.startsWith('{')) return fromJson(words.join(' '))
  return { kind, ...Object.fromEntries(settings.map(pair)) }
}

function pair(word: string): [string, unknown] {
  const at = word.indexOf('=')
  if (at < 1) throw refuse(`${JSON.stringify(word)} has not the form key=value`)
  const [key, value] = [word.slice(0, at), word.slice(at + 1)]
  if (key === 'availableZones') return [key, value.split(',')]
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(value) ?? []
  if (key.endsWith('Ms') && amount !== undefined) return [key, Math.round(Number(amount) * (MILLISECONDS[unit] ?? 1))]
  return [key, /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value]
}

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw refuse(`the fault is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function refuse(message: string): MusterError {
  return new MusterError('UsageInvalid', message, { suggestions: [EXAMPLE, 'muster sandbox fault add --help'] })
}
