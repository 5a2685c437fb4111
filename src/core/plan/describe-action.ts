import { exhaustive } from '../../kit/exhaustive.ts'
import type { Action, LaunchWork } from './action.ts'

/** An action in words with its sign: `+4 hpc7g.16xlarge us-east-1a cluster, EFA x1`. */
export function describeAction(action: Action): string {
  switch (action.kind) {
    case 'create-security-group':
      return '+ security group'
    case 'create-placement-group':
      return '+ cluster placement group'
    case 'create-template':
      return '+ launch template'
    case 'launch-cohort':
      return describeLaunch(action)
    case 'create-storage':
      return '+ file system'
    case 'install-nodes':
      return `install ${action.nodeIds.length} nodes`
    case 'mount-storage':
      return `mount storage on ${action.nodeIds.length} nodes`
    case 'trust-nodes':
      return `trust between ${action.nodeIds.length} nodes`
    case 'verify-nodes':
      return `verify ${action.nodeIds.length} nodes`
    case 'terminate-nodes':
      return `-${action.nodeIds.length} nodes`
    case 'delete-storage':
      return `- file system ${action.storageId}`
    case 'delete-template':
      return '- launch template'
    case 'delete-placement-group':
      return '- placement group'
    case 'delete-security-group':
      return '- security group'
    default:
      return exhaustive(action)
  }
}

function describeLaunch({ count, instanceType, zone, placement, efaInterfaces }: LaunchWork): string {
  const where = placement === 'none' ? zone : `${zone} ${placement}`
  return `+${count} ${instanceType} ${where}${efaInterfaces > 0 ? `, EFA x${efaInterfaces}` : ''}`
}
