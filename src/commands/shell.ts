import { string } from '@oclif/core/args'
import { string as stringFlag } from '@oclif/core/flags'
import { openShell, type ShellRequest, type ShellResult } from '../app/shell/open-shell.ts'
import { splitArgv } from '../cli/argv.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import type { ExitCodeRow } from '../cli/command.ts'
import { cloudFlags } from '../cli/flags.ts'
import { processTerminal } from '../cli/terminal.ts'
import { EXIT } from '../core/errors/codes.ts'
import { MusterError } from '../core/errors/muster-error.ts'

/** A terminal on a node, over Session Manager: no ssh, no open port, nothing to install. */
export default class Shell extends CloudCommand<ShellResult> {
  static override summary = 'Open a shell on a node, or run one command there'
  static override usage = 'shell [NODE] [FLAGS] [-- COMMAND...]'
  static override args = {
    node: string({
      description: 'node-3, FLEET/node-3, an instance id, a fleet, a job; may be left out where there is one',
    }),
  }
  static override flags = {
    ...cloudFlags,
    user: stringFlag({
      summary: "whose shell it is: root by default, muster for the jobs' own user",
      helpValue: 'NAME',
    }),
  }
  static override examples = [
    'Look around on the second node of a fleet\n<%= config.bin %> shell hpc/node-1',
    "Watch a job's processes on its lead node, as their own user\n<%= config.bin %> shell heat-20261123-143205-k7f2 --user muster -- top",
    'Send a file there, and get its checksum back\n<%= config.bin %> shell node-0 -- md5sum < input.dat',
  ]
  static override exitCodes: readonly ExitCodeRow[] = [
    ['0-255', "the command's own exit code, or the shell's"],
    [String(EXIT.failed), ''],
    [String(EXIT.bug), ''],
    [String(EXIT.runFailed), "muster's own failure, so that it is not taken for the command's"],
  ]

  /** It has a terminal to itself: signals are its own, and there is no progress to show. */
  protected override readonly isReader = true

  async run(): Promise<ShellResult> {
    const { own, program } = splitArgv(this.argv)
    const { args, flags } = await this.parse(Shell, [...own])
    const { connect, console } = await this.open(flags)
    const request = requestFromFlags(args.node, program, flags)
    const result = await openShell(request, processTerminal(this.jsonEnabled()), await connect())
    console.show(result, () => [])
    process.exitCode = result.exitCode
    return result
  }

  protected override exitCodeOf(error: MusterError): number {
    return error.exitCode === EXIT.failed || error.exitCode === EXIT.bug ? EXIT.runFailed : error.exitCode
  }
}

/** Words of the command line as a request. Throws UsageInvalid for what is no user's name. */
export function requestFromFlags(
  node: string | undefined,
  program: readonly string[] | null,
  { user = null }: { readonly user?: string | undefined | null },
): ShellRequest {
  if (user !== null && !/^[a-z_][a-z0-9_-]{0,31}$/i.test(user)) {
    throw new MusterError('UsageInvalid', `--user ${user} is no user's name`, { suggestions: ['--user muster'] })
  }
  return { node: node ?? null, words: program === null || program.length === 0 ? null : program, user }
}
