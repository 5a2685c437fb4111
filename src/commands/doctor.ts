import { string } from '@oclif/core/args'
import { examine } from '../app/doctor/doctor.ts'
import type { DoctorResult } from '../app/results/account.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import { systemClock } from '../cli/clock.ts'
import type { ExitCodeRow } from '../cli/command.ts'
import { cloudFlags } from '../cli/flags.ts'
import { localMachine } from '../cli/local-machine.ts'
import { chooseFleet } from '../config/choose-fleet.ts'
import { EXIT } from '../core/errors/codes.ts'
import { formatDoctor } from '../ui/results/format-doctor.ts'

/** Looks at everything that a fleet needs, and changes nothing. */
export default class Doctor extends CloudCommand<DoctorResult> {
  static override summary = 'Check what fleets need: rights, network, quotas, image, this machine; and say each fix'
  static override args = {
    fleet: string({ description: 'a fleet of muster.yaml; all of them where none is named' }),
  }
  static override flags = cloudFlags
  static override examples = [
    'Whether an account is ready for all fleets of muster.yaml\n<%= config.bin %> doctor --cloud aws',
    'The same for one fleet and a program\n<%= config.bin %> doctor hpc --json',
  ]
  static override exitCodes: readonly ExitCodeRow[] = [['1', 'a check fails']]

  protected override readonly isReader = true

  async run(): Promise<DoctorResult> {
    const { args, flags } = await this.parse(Doctor)
    const { settings, connect, console } = await this.open(flags)
    const fleets = args.fleet === undefined ? Object.values(settings.fleets) : [chooseFleet(settings, args.fleet)]
    const machine = localMachine(process.env)
    const result = await examine({ cloud: settings.cloud, fleets, machine, clock: systemClock, connect })
    console.show(result, (theme) => formatDoctor(result, theme))
    if (result.state === 'fail') process.exitCode = EXIT.failed
    return result
  }
}
