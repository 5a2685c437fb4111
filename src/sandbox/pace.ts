import type { Pace } from './world.ts'

/** How the sandbox takes its time: long enough to be seen, so that nothing leans on instant answers. */
export const usualPace: Pace = {
  pendingMs: 500,
  describeLagMs: 250,
  shuttingDownMs: 500,
  fileSystemMs: 1_500,
  fileSystemDeletingMs: 500,
  pingLostMs: 3_000,
  iamLagMs: 1_000,
  natGatewayMs: 1_500,
  vpcEndpointMs: 1_000,
  repositoryTaskMs: 500,
  imageMs: 2_000,
  quotaApprovalMs: 20_000,
}
