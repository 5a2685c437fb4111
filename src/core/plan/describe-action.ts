import { count } from '../../kit/count.ts'
import { exhaustive } from '../../kit/exhaustive.ts'
import { describeStorageAction } from './describe-storage-action.ts'
import type { Action, LaunchWork, NodesAction } from './action.ts'

/** An action in words with its sign: `+4 hpc7g.16xlarge us-east-1a cluster, EFA x1`. */
export function describeAction(action: Action): string {
  if ('storageId' in action) return describeStorageAction(action)
  if ('nodeIds' in action) return describeNodes(action)
  switch (action.kind) {
    case 'create-security-group':
      return '+ security group'
    case 'create-placement-group':
      return `+ ${action.strategy} placement group`
    case 'create-template':
      return '+ launch template'
    case 'launch-cohort':
      return describeLaunch(action)
    case 'create-storage':
      return '+ file system'
    case 'delete-stray':
      return `- ${action.stray === 'interface' ? 'network interface' : 'volume'} ${action.strayId}`
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

function describeNodes(action: NodesAction): string {
  const nodes = count(action.nodeIds.length, 'node')
  switch (action.kind) {
    case 'install-nodes':
      return `install ${nodes}`
    case 'mount-storage':
      return `mount storage on ${nodes}`
    case 'trust-nodes':
      return `trust between ${nodes}`
    case 'verify-nodes':
      return `verify ${nodes}`
    case 'mark-draining':
      return action.until === null ? `drain ${nodes}` : `replace ${nodes} by ${action.until}`
    case 'resize-cohort':
      return `cohort ${action.cohort}: ${nodes} ${action.nodeIds.length === 1 ? 'stays' : 'stay'}`
    case 'terminate-nodes':
      return `-${nodes}`
    default:
      return exhaustive(action)
  }
}

function describeLaunch(work: LaunchWork): string {
  const { instanceType, zone, placement, purchase, reservation, efaInterfaces } = work
  const parts = [
    `${zone}${placement === 'none' ? '' : ` ${placement}`}`,
    ...(purchase === 'on-demand' ? [] : [`${purchase}${reservation === null ? '' : ` ${reservation}`}`]),
    ...(efaInterfaces > 0 ? [`EFA x${efaInterfaces}`] : []),
  ]
  return `+${work.count} ${instanceType} ${parts.join(', ')}`
}
