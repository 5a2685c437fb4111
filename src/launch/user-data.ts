import { readFileSync } from 'node:fs'
import { shellQuote } from '../kit/shell-quote.ts'
import type { FleetSpec } from '../core/fleet/spec.ts'

const template = new URL('../../templates/user-data.sh', import.meta.url)

/** What a node does at its first boot: `templates/user-data.sh` with the fleet's own values. Well under EC2's 16 KB. */
export function userData(fleet: FleetSpec): string {
  return readFileSync(template, 'utf8').replace(/^fleet=$/m, () => `fleet=${shellQuote(fleet.name)}`)
}
