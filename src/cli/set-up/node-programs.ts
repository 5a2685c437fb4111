import { MusterError } from '../../core/errors/muster-error.ts'
import { installCommand, type MissingProgram, packagesOf } from './programs.ts'
import { packageManager } from './package-manager.ts'

export interface SetUpRequest {
  /** What nodes need and this machine lacks, asked again after an installation; the sandbox knows it. */
  readonly missing: () => readonly MissingProgram[]
  readonly env: NodeJS.ProcessEnv
  /** One line for the user, before a step. */
  readonly say: (line: string) => void
  readonly signal: AbortSignal
  readonly isRoot?: boolean
  /** Nodes are about to be raised: refuse where they could never get ready. False: nobody asked for nodes, say nothing. */
  readonly needsNodes?: boolean | undefined
}

/**
 * Makes sure, before the sandbox starts, that its nodes find their programs on this machine: installed through apt-get as
 * root on Debian and its kin, otherwise named with the command that gets them. Never asks. Where everything is there it
 * costs a dozen stat calls. Throws InstallFailed.
 */
export async function ensureNodePrograms(request: SetUpRequest): Promise<void> {
  const { missing, env, say, signal, isRoot = process.getuid?.() === 0 } = request
  const report = () => {
    const still = missing()
    if (request.needsNodes === true) demand(still, env, isRoot)
    if (request.needsNodes !== false && still.length > 0) tell(still, { env, say, isRoot })
  }
  const lacking = missing()
  if (lacking.length === 0) return
  const wanted = (env['MUSTER_NO_INSTALL'] ?? '') === ''
  if (!isRoot || !wanted || packageManager(env) !== 'apt') return report()
  const packages = packagesOf(lacking, 'apt')
  say(`installing ${packages.join(', ')} with apt-get for the sandbox's nodes (once) ...`)
  const [{ aptInstall }, { withoutStartingServices }] = await Promise.all([
    import('./apt.ts'),
    import('./quiet-services.ts'),
  ])
  await withoutStartingServices(() => aptInstall(packages, signal))
  report()
}

function demand(missing: readonly MissingProgram[], env: NodeJS.ProcessEnv, isRoot: boolean): void {
  const names = missing.filter(({ essential }) => essential).map(({ program }) => program)
  if (names.length === 0) return
  const manager = packageManager(env)
  const command = installCommand(missing, manager)
  const sudo = isRoot || manager === 'brew' ? '' : 'sudo '
  throw new MusterError('InstallFailed', `the sandbox's nodes need ${names.join(', ')}, which this machine lacks`, {
    suggestions: command === null ? [`install ${names.join(', ')}`] : [`${sudo}${command}`],
  })
}

type Telling = Required<Pick<SetUpRequest, 'env' | 'say' | 'isRoot'>>

function tell(missing: readonly MissingProgram[], { env, say, isRoot }: Telling): void {
  const manager = packageManager(env)
  const command = installCommand(missing, manager)
  const how = isRoot || manager === 'brew' ? 'get them with' : 'get them, as root, with'
  const names = missing.map(({ program, neededFor }) => `${program} (${neededFor})`).join(', ')
  say(`missing on this machine: ${names}${command === null ? '' : `; ${how}: ${command}`}`)
}
