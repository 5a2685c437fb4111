import { exhaustive } from '../../../../kit/exhaustive.ts'
import type { MachineResult } from '../../../machines/machine.ts'
import { STDERR_LIMIT, STDOUT_LIMIT, truncated } from './output.ts'
import { EXECUTION_TIMED_OUT, verdict } from './status.ts'
import type { Verdict } from './status.ts'

/** How an invocation ended, as the agent would report it. */
export interface Outcome {
  readonly verdict: Verdict
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** 128 + SIGKILL: what the agent reports for a script that it stopped itself, by a timeout or a cancel. */
const STOPPED = 137
/** Asks the agent to reboot the node and to run the script again afterwards. */
const REBOOT = 194

/**
 * Exit code to status, as the agent maps it (pluginutil.GetStatus). Undefined where the node was lost: then nobody reports, and
 * the invocation stays as it is until the command expires.
 * @param cancelling whether a cancel is under way: it turns 137 into Cancelled
 */
export function outcomeOf(result: MachineResult, cancelling: boolean): Outcome | undefined {
  switch (result.ended) {
    case 'lost':
      return undefined
    case 'timed-out':
      return outcome(EXECUTION_TIMED_OUT, STOPPED, result)
    case 'cancelled':
      return outcome(verdict('Cancelled'), STOPPED, result)
    case 'exited':
      return exited(result, cancelling)
    default:
      return exhaustive(result.ended)
  }
}

function exited(result: MachineResult, cancelling: boolean): Outcome {
  const code = result.exitCode
  if (code === 0) return outcome(verdict('Success'), code, result)
  if (code === STOPPED) return outcome(cancelling ? verdict('Cancelled') : EXECUTION_TIMED_OUT, code, result)
  const why =
    code === REBOOT
      ? 'failed to run commands: exit status 194 asks for a reboot, and a node of the sandbox cannot reboot'
      : `failed to run commands: exit status ${code}`
  return outcome(verdict('Failed'), code, result, why)
}

function outcome(ending: Verdict, exitCode: number, result: MachineResult, note = ''): Outcome {
  return {
    verdict: ending,
    exitCode,
    stdout: truncated(result.stdout, STDOUT_LIMIT),
    stderr: truncated(result.stderr + note, STDERR_LIMIT),
  }
}
