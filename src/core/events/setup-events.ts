import { event, seconds } from './entry.ts'

/** What is said while an account is set up. */
export const SETUP_EVENTS = {
  'setup.step': event<{ what: string; reason: string; usdPerHour: number }>(
    'info',
    (d) => `planned: ${d.what}${d.usdPerHour === 0 ? '' : ` at $${d.usdPerHour.toFixed(3)}/h`} (${d.reason})`,
  ),
  'setup.planned': event<{
    goal: 'make' | 'remove'
    steps: number
    usdPerHour: number
    pricesOf: string
    free: boolean
    region: string
  }>(
    'info',
    (d) =>
      `${d.steps} steps ${d.goal === 'make' ? 'set up' : 'take away the setup of'} ${d.region}${
        d.usdPerHour === 0
          ? ''
          : `, for $${d.usdPerHour.toFixed(3)}/h${d.free ? ' on AWS, free here' : ''} (${d.pricesOf})`
      }`,
  ),
  'setup.done': event<{ goal: 'make' | 'remove'; region: string; changes: number; ms: number }>('success', (d) =>
    d.changes === 0
      ? `setup of ${d.region}: already ${d.goal === 'make' ? 'as wanted' : 'gone'}`
      : `setup of ${d.region}: ${d.goal === 'make' ? 'made' : 'removed'} in ${seconds(d.ms)}`,
  ),
} as const
