import { execa } from 'execa'
import { MusterError } from '../../core/errors/muster-error.ts'
import { quietServices } from './quiet-services.ts'

/** Another apt-get may hold Debian's locks, such as the machine's own nightly one: it is waited for, this long. */
const LOCK_WAIT_S = 300

/**
 * Installs Debian packages without a question, a recommended package, or a restarted service. The package lists are
 * fetched only where apt does not know a package (or its file is gone), as on a bare image. Throws InstallFailed with what
 * apt said and the command to type.
 */
export async function aptInstall(packages: readonly string[], signal: AbortSignal): Promise<void> {
  const install = () => aptGet(['install', '-y', '--no-install-recommends', ...packages], signal)
  let result = await install()
  if (result.exitCode !== 0 && /dpkg was interrupted|Unmet dependencies/.test(result.output)) {
    const repaired = await repair(signal)
    result = repaired.exitCode === 0 ? await install() : repaired
  }
  if (
    result.exitCode !== 0 &&
    /Unable to locate|has no installation candidate|404|Failed to fetch/.test(result.output)
  ) {
    const update = await patiently(() => aptGet(['update'], signal), signal)
    result = update.exitCode === 0 ? await install() : update
  }
  if (result.exitCode === 0) return
  throw new MusterError('InstallFailed', `apt-get ended with ${result.exitCode}: ${lastWords(result.output)}`, {
    suggestions: [`apt-get update && apt-get install -y ${packages.join(' ')}`],
    data: { output: result.output.slice(-4000) },
  })
}

interface AptResult {
  readonly exitCode: number
  readonly output: string
}

/** Ends what an installation that was killed in the middle (not only ours) had begun: apt does nothing before that. */
async function repair(signal: AbortSignal): Promise<AptResult> {
  const configured = await debian('dpkg', ['--force-confold', '--configure', '-a'], signal)
  return configured.exitCode === 0 ? aptGet(['install', '-y', '--fix-broken'], signal) : configured
}

async function aptGet(words: readonly string[], signal: AbortSignal): Promise<AptResult> {
  const options = [`DPkg::Lock::Timeout=${LOCK_WAIT_S}`, 'Dpkg::Options::=--force-confold', 'Dpkg::Use-Pty=0']
  return debian('apt-get', ['-q', ...options.flatMap((option) => ['-o', option]), ...words], signal)
}

/**
 * In a process group of its own: a ctrl-C at the terminal would kill dpkg in the middle of a package. apt-get alone is
 * told, by SIGINT: then it stops fetching at once, but lets dpkg end what it has begun.
 */
async function debian(program: string, words: readonly string[], signal: AbortSignal): Promise<AptResult> {
  const result = await execa(program, words, {
    all: true,
    reject: false,
    stdin: 'ignore',
    cancelSignal: signal,
    detached: true,
    killSignal: 'SIGINT',
    forceKillAfterDelay: false,
    env: {
      ...quietServices,
      DEBIAN_FRONTEND: 'noninteractive',
      DEBCONF_NONINTERACTIVE_SEEN: 'true',
      NEEDRESTART_SUSPEND: '1',
      APT_LISTCHANGES_FRONTEND: 'none',
      LC_ALL: 'C.UTF-8',
    },
  })
  signal.throwIfAborted()
  return { exitCode: result.exitCode ?? 127, output: result.all || result.shortMessage || '' }
}

/** `apt-get update` does not wait for the lists' lock by itself. */
async function patiently(update: () => Promise<AptResult>, signal: AbortSignal): Promise<AptResult> {
  const { sleep } = await import('../../kit/sleep.ts')
  for (let waitedS = 0; ; waitedS += 2) {
    const result = await update()
    if (result.exitCode === 0 || waitedS >= LOCK_WAIT_S || !/Could not get lock/.test(result.output)) return result
    await sleep(2000, signal)
  }
}

/** apt's own error lines, or its last line. */
function lastWords(output: string): string {
  const lines = output.trim().split('\n')
  const errors = lines.filter((line) => line.startsWith('E: '))
  return (errors.length > 0 ? errors : lines.slice(-1)).map((line) => line.replace(/^E: /, '')).join('; ')
}
