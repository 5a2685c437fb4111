import { event, seconds } from './entry.ts'

/** What is said of credentials that expire half way. */
export const LOGIN_EVENTS = {
  'credentials.expired': event<{ why: string; login: string }>('warning', (d) => `${d.why}; goes on after: ${d.login}`),
  'credentials.renewed': event<{ ms: number }>('info', (d) => `logged in again after ${seconds(d.ms)}; going on`),
} as const
