import { EXIT } from '../core/errors/codes.ts'
import { hasSwitch } from './argv.ts'
import { isReaderGone } from './unread-output.ts'

/**
 * The whole of a `muster ...`: oclif finds and runs the command; whatever is thrown outside a command (an unknown one,
 * a build that does not load) is shown in the same way as inside one. Ends the process when everything is written; one that
 * runs dry before is a bug, not an end.
 */
export async function main(argv: readonly string[], root: string): Promise<void> {
  process.on('uncaughtException', (thrown) => void fail(thrown, argv).then(() => leave(argv)))
  process.once('beforeExit', () => void fail(new Error('nothing was left to wait for'), argv).then(() => leave(argv)))
  try {
    const [{ run }, { settings }] = await Promise.all([
      import('@oclif/core/run'),
      import('@oclif/core/settings'),
      import('@oclif/core/command'),
    ])
    survivePipes()
    settings.enableAutoTranspile = false
    await run(words(argv), { root })
  } catch (thrown) {
    await fail(thrown, argv)
  }
  await leave(argv)
}

/** `muster help run` is `muster run --help`. */
function words(argv: readonly string[]): string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : [...argv]
}

/** What stdout could not be written for, where its reader did not just go away. */
let unwritten: Error | null = null

/** A reader that went away is no failure of ours, and a full disk none that ends what runs: it is told in the end. */
function survivePipes(): void {
  // oclif's own, which its commands come with, throws whatever is no EPIPE: a full disk would end a run half way, with its fleet up.
  process.stdout.removeAllListeners('error')
  process.stdout.on('error', (error) => {
    if (!isReaderGone(error)) unwritten ??= error
  })
  process.stderr.on('error', () => undefined)
}

async function fail(thrown: unknown, argv: readonly string[], json = hasSwitch(argv, '--json')): Promise<void> {
  const [{ toMusterError }, { presentError }] = await Promise.all([
    import('./errors/convert.ts'),
    import('./errors/present.ts'),
  ])
  const error = toMusterError(thrown, process.env)
  const exitCode = exitCodeOf(error.exitCode, argv)
  process.exitCode = exitCode
  presentError(error, { json, verbose: hasSwitch(argv, '-v', '--verbose'), exitCode })
}

/** As the commands have it that pass on the code of what they run. */
function exitCodeOf(code: number, [command]: readonly string[]): number {
  const isPassedOn = command === 'run' || command === 'shell'
  return isPassedOn && (code === EXIT.failed || code === EXIT.bug) ? EXIT.runFailed : code
}

/** Ends once both streams have taken everything: process.exit alone would cut a pipe short. What stdout lacks is no success. */
async function leave(argv: readonly string[]): Promise<never> {
  await Promise.all([process.stdout, process.stderr].map((stream) => drained(stream)))
  if (!process.exitCode) {
    // A stream tells of what went wrong with the last write only after it.
    await new Promise((resolve) => setImmediate(resolve))
    if (unwritten !== null) await fail(unwritten, argv, false)
  }
  process.exit()
}

async function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.destroyed || stream.writableLength === 0) return
  await new Promise<void>((resolve) => {
    stream.once('error', () => resolve())
    stream.write('', () => resolve())
  })
}
