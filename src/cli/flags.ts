import { boolean, option, string } from '@oclif/core/flags'

export const PROGRESS_MODES = ['tty', 'plain', 'jsonl', 'none'] as const
export type ProgressFlag = (typeof PROGRESS_MODES)[number]

/** What every command has, besides --json. */
export const commonFlags = {
  quiet: boolean({ char: 'q', summary: 'no progress, only results and errors', helpGroup: 'GLOBAL' }),
  verbose: boolean({ char: 'v', summary: 'every step, and the stack of an error', helpGroup: 'GLOBAL' }),
  progress: option({
    options: PROGRESS_MODES,
    summary: 'how progress is shown; jsonl writes one event a line to stdout',
    helpGroup: 'GLOBAL',
  })(),
}

/** What every command has that talks to a cloud. */
export const cloudFlags = {
  cloud: string({ summary: 'sandbox (this machine, the default) or aws', helpValue: 'CLOUD', helpGroup: 'CLOUD' }),
  region: string({ summary: 'AWS region', helpValue: 'REGION', helpGroup: 'CLOUD' }),
  profile: string({ summary: 'AWS profile, with cloud aws', helpValue: 'NAME', helpGroup: 'CLOUD' }),
}

/** What commands have that raise nodes. */
export const waitCapacityFlag = {
  'wait-capacity': string({
    summary: 'where nothing has room, try all again for so long: 90s, 30m, 2h',
    helpValue: 'TIME',
  }),
}

/** What commands have that make or remove something. */
export const dryRunFlag = {
  'dry-run': boolean({ summary: 'show what would be done, and do nothing of it' }),
}

/** What commands have that cost more than somebody may want to pay unasked. */
export const yesFlag = {
  yes: boolean({ char: 'y', summary: 'do not ask, whatever it costs; limits hold all the same', default: false }),
}
