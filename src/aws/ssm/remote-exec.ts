import type { RemoteExec } from '../../ports/remote-exec.ts'
import type { AwsSettings } from '../settings.ts'
import { online } from './online.ts'
import { run, tell } from './run.ts'
import { connectSsm } from './ssm.ts'

/** RemoteExec over SSM Run Command. */
export function connectRemoteExec(settings: AwsSettings): RemoteExec {
  const ssm = connectSsm(settings)
  return {
    online: (nodeIds) => online(ssm, nodeIds),
    tell: (nodeIds, script) => tell(ssm, nodeIds, script),
    run: (nodeIds, script, signal) => run(ssm, nodeIds, script, signal),
  }
}
