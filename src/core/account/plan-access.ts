import type { SetupDraft } from './draft.ts'
import { NODE_ROLE, SERVICE_ROLES, type ObservedAccess } from './observed.ts'

/** The node role with its profile, and the roles of AWS's services. A role of that name that somebody else made is used as it is. */
export function planAccess(plan: SetupDraft, access: ObservedAccess, region: string): void {
  const { role, profile } = access
  if (role === null) {
    plan.add('role', { kind: 'grant', part: { what: 'role' } }, 'nodes talk to SSM and to the staging bucket')
  } else if (role.ours && !(role.ssm && role.buckets && role.regions.includes(region))) {
    plan.add('role', { kind: 'grant', part: { what: 'role' } }, 'it lacks a part')
  }
  if (role !== null && (profile === null || (profile.ours && !profile.hasRole))) {
    plan.add('profile', { kind: 'grant', part: { what: 'profile' } }, 'instances carry the role by it')
  }
  for (const service of SERVICE_ROLES) {
    if (access.serviceRoles.includes(service)) continue
    plan.add(`role-of-${service}`, { kind: 'grant', part: { what: 'service-role', service } }, WHY[service])
  }
}

const WHY: Readonly<Record<(typeof SERVICE_ROLES)[number], string>> = {
  'spot.amazonaws.com': 'EC2 launches Spot instances with it',
  'fsx.amazonaws.com': 'FSx makes file systems with it',
}

/** What keeps a role that setup did not make from serving nodes, in words. */
export function roleProblems({ role, profile }: ObservedAccess): string[] {
  return [
    ...(role !== null && !role.ssm ? [`the role ${NODE_ROLE} lacks AmazonSSMManagedInstanceCore`] : []),
    ...(profile !== null && !profile.hasRole ? [`the instance profile ${NODE_ROLE} has no role`] : []),
  ]
}

/** The region's claim goes; with the last one profile and role, where setup made them. AWS's services keep theirs. */
export function planWithdrawal(plan: SetupDraft, { role, profile }: ObservedAccess, region: string): void {
  const reason = 'what setup made is taken away'
  const others = (role?.regions ?? []).filter((one) => one !== region)
  if (others.length > 0) {
    if (role?.ours && role.regions.includes(region)) {
      plan.add('claim', { kind: 'withdraw', part: { what: 'claim' } }, `${others.join(', ')} still has the role`)
    }
    return
  }
  if (profile?.ours) plan.add('remove-profile', { kind: 'withdraw', part: { what: 'profile' } }, reason)
  else if (role?.ours) plan.add('remove-role', { kind: 'withdraw', part: { what: 'role' } }, reason)
}
