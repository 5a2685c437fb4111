import { createHash } from 'node:crypto'
import type { FleetSpec } from '../core/fleet/spec.ts'
import { userDataScript, type Software } from './user-data.ts'

/** A name for what a baked image has in it: the image that it began with, and the user data but for what is each fleet's own. */
export function imageContents(fleet: FleetSpec, baseImage: string, software: Software): string {
  const script = userDataScript({ ...fleet, name: '', leaseS: null, idleS: null, maxLifeS: null }, software)
  return createHash('sha256').update(`${baseImage}\n${script}`).digest('hex').slice(0, 16)
}
