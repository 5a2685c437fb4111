import { string } from '@oclif/core/args'
import { boolean, string as stringFlag } from '@oclif/core/flags'
import { quarantineNode, type QuarantineRequest } from '../app/fleet/quarantine-node.ts'
import type { QuarantineResult } from '../app/results/status.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import { cloudFlags } from '../cli/flags.ts'
import { MusterError } from '../core/errors/muster-error.ts'
import { formatQuarantine } from '../ui/results/format-quarantine.ts'

/** A tag on the instance, which every muster goes by. */
export default class Quarantine extends CloudCommand<QuarantineResult> {
  static override summary = 'Place nothing on a node that is bad any more, or trust it again'
  static override args = {
    node: string({ description: 'an instance id, an address, FLEET/node-3 or JOB/node-3', required: true }),
  }
  static override flags = {
    ...cloudFlags,
    why: stringFlag({ summary: 'what is wrong with it; muster status shows it', helpValue: 'WORDS' }),
    release: boolean({ summary: 'it is well: take the quarantine back', default: false }),
  }
  static override examples = [
    'Take a node out of use that computes nonsense\n<%= config.bin %> quarantine hpc/node-3 --why "wrong results, GPU 2"',
    'Trust it again\n<%= config.bin %> quarantine i-0123456789abcdef0 --release',
  ]

  async run(): Promise<QuarantineResult> {
    const { args, flags } = await this.parse(Quarantine)
    const { connect, console } = await this.open(flags)
    const request = requestFromFlags(args.node ?? '', flags)
    const result = await quarantineNode(request, await connect())
    console.show(result, (theme) => formatQuarantine(result, request.release, theme))
    return result
  }
}

/** Words of the command line as a request. Throws UsageInvalid. */
export function requestFromFlags(
  node: string,
  { why, release }: { readonly why?: string | undefined; readonly release: boolean },
): QuarantineRequest {
  if (release && why !== undefined) {
    throw new MusterError('UsageInvalid', '--why says what is wrong with a node, and --release that nothing is', {
      suggestions: [`muster quarantine ${node} --release`],
    })
  }
  return { node, why: why ?? '', release }
}
