import { hasSwitch } from './argv.ts'

/**
 * The whole of a `muster ...`: oclif finds and runs the command; whatever is thrown outside a command (an unknown one,
 * a build that does not load) is shown in the same way as inside one. Ends the process when everything is written; one that
 * runs dry before is a bug, not an end.
 */
export async function main(argv: readonly string[], root: string): Promise<void> {
  survivePipes()
  process.on('uncaughtException', (thrown) => void fail(thrown, argv).then(leave))
  process.once('beforeExit', () => void fail(new Error('nothing was left to wait for'), argv).then(leave))
  try {
    const [{ run }, { settings }] = await Promise.all([import('@oclif/core/run'), import('@oclif/core/settings')])
    settings.enableAutoTranspile = false
    await run(words(argv), { root })
  } catch (thrown) {
    await fail(thrown, argv)
  }
  await leave()
}

/** `muster help run` is `muster run --help`. */
function words(argv: readonly string[]): string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : [...argv]
}

/** A reader that went away (`| head`) is no failure of ours. */
function survivePipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
    })
  }
}

async function fail(thrown: unknown, argv: readonly string[]): Promise<void> {
  const [{ toMusterError }, { presentError }] = await Promise.all([
    import('./errors/convert.ts'),
    import('./errors/present.ts'),
  ])
  const error = toMusterError(thrown, process.env)
  process.exitCode = error.exitCode
  const json = hasSwitch(argv, '--json')
  presentError(error, { json, verbose: hasSwitch(argv, '-v', '--verbose'), exitCode: error.exitCode })
}

/** Ends once both streams have taken everything: process.exit alone would cut a pipe short. */
async function leave(): Promise<never> {
  await Promise.all([process.stdout, process.stderr].map((stream) => drained(stream)))
  process.exit()
}

async function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.destroyed || stream.writableLength === 0) return
  await new Promise<void>((resolve) => {
    stream.once('error', () => resolve())
    stream.write('', () => resolve())
  })
}
