import { event, seconds } from './entry.ts'

/** What is said of the cloud itself: which it is, and what of it is not known. */
export const CLOUD_EVENTS = {
  'cloud.chosen': event<{ cloud: string; region: string; account: string; endpoint: string | null; cost: string }>(
    'info',
    (d) => `cloud: ${d.cloud}, region ${d.region}, account ${d.account}; ${d.cost}`,
  ),
  'sandbox.started': event<{ port: number; nodes: string; ms: number }>(
    'info',
    (d) => `sandbox started on port ${d.port} (${d.nodes} nodes) in ${seconds(d.ms)}`,
  ),
  'price.unknown': event<{ instanceType: string; region: string; reason: string }>(
    'debug',
    (d) => `the price of ${d.instanceType} in ${d.region} is unknown: ${d.reason}`,
  ),
  'quota.unknown': event<{ instanceType: string; purchase: string; reason: string }>(
    'warning',
    (d) => `whether the vCPU quota allows more ${d.instanceType} (${d.purchase}) is unknown: ${d.reason}`,
  ),
} as const
