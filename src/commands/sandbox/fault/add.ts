import { MusterCommand } from '../../../cli/command.ts'
import { faultFromWords } from '../../../cli/fault-words.ts'
import { faultLines, sandboxFaults, type SandboxFaults } from '../../../cli/sandbox-faults.ts'

/** Rehearses a failure: what AWS does on a bad day, on demand. */
export default class SandboxFaultAdd extends MusterCommand<SandboxFaults> {
  static override summary = 'Script a fault in the running sandbox: what AWS does on a bad day'
  static override description = `Kinds: shortage instanceType=T zone=Z [purchase=P] [count=N] [availableZones=A,B]; partial instanceType=T launched=N [zone=Z] [purchase=P] [count=N];
throttle operation=SERVICE:OPERATION [count=N] [rate=0..1]; mute-agent count=N; agent-flaps forMs=30s count=N [afterMs=5s]; instance-hidden forMs=30s count=N;
user-data-fails count=N [exitCode=N]; mount-hangs count=N; expired-token [count=N]; node-dies afterMs=MS count=N;
dies-pending count=N [reason=internal-error|insufficient-capacity|volume-limit]; storage-fails count=N; link-fails count=N; transfer-fails count=N [files=N];
spot-interruption instanceId=ID or instanceType=T or zone=Z [afterMs=30s] [noticeMs=2m] [count=N]; quota quotaCode=L-... value=VCPUS.
T, Z and OPERATION may be *; P is on-demand, spot or capacity-block.`
  static override usage = 'sandbox fault add KIND [KEY=VALUE...]'
  static override strict = false
  static override examples = [
    'No room for a type in one zone\n<%= config.bin %> sandbox fault add shortage instanceType=hpc7g.16xlarge zone=us-east-1c',
    'A fifth of all calls throttled, as JSON\n<%= config.bin %> sandbox fault add \'{"kind": "throttle", "operation": "*", "rate": 0.2}\'',
  ]

  async run(): Promise<SandboxFaults> {
    const { argv } = await this.parse(SandboxFaultAdd)
    const fault = faultFromWords(argv as string[])
    const faults = await (await sandboxFaults(process.env)).add(fault)
    // One that can begin at once has been taken already.
    const lines = faults.length === 0 ? ['it has begun; no faults wait'] : faultLines(faults)
    for (const line of lines) this.log(line)
    return faults
  }
}
