import { NO_LIMITS, type Limits } from '../core/fleet/limits.ts'
import type { FleetSpec } from '../core/fleet/spec.ts'
import { capacityConflicts, capacitySpec, type FleetConflict } from './capacity-spec.ts'
import type { NetworkChoice } from '../core/network/choice.ts'
import { called, type Checked } from './check.ts'
import { parseDuration } from './duration.ts'
import type { YamlText } from './parse-yaml.ts'
import { problemAt, type Problem } from './problem.ts'
import type { FleetFields, MusterFile } from './schema/muster-file.ts'
import type { NetworkFields } from './schema/network.ts'
import { scalingConflicts } from './scaling-conflicts.ts'
import { scalingSpec } from './scaling-spec.ts'
import { BUILT_IN_FLEET } from './settings.ts'
import { storageConflicts } from './storage-conflicts.ts'
import { storageSpec } from './storage-spec.ts'

/** A fleet as the file describes it; what it leaves out it has from the built-in fleet. */
export function fleetSpec(name: string, fields: FleetFields): FleetSpec {
  return {
    name,
    ...capacitySpec(fields),
    efa: fields.efa ?? BUILT_IN_FLEET.efa,
    image: fields.image ?? BUILT_IN_FLEET.image,
    instanceProfile:
      fields.instanceProfile === 'none' ? null : (fields.instanceProfile ?? BUILT_IN_FLEET.instanceProfile),
    storage: fields.storage === 'none' ? null : storageSpec(fields.storage ?? {}),
    userData: typeof fields.userData === 'string' ? fields.userData : BUILT_IN_FLEET.userData,
    leaseS: nodeSeconds(fields.lease, BUILT_IN_FLEET.leaseS),
    idleS: nodeSeconds(fields.idle, BUILT_IN_FLEET.idleS),
    maxLifeS: nodeSeconds(fields.maxLife, BUILT_IN_FLEET.maxLifeS),
    badNodes: fields.badNodes ?? BUILT_IN_FLEET.badNodes,
    tags: fields.tags ?? BUILT_IN_FLEET.tags,
    scaling: fields.scaling === undefined ? BUILT_IN_FLEET.scaling : scalingSpec(fields.scaling),
    limits: limitsOf(fields.limits),
    project: BUILT_IN_FLEET.project,
    network: fields.network === undefined ? null : networkChoice(fields.network),
  }
}

/** As the file has them; what it leaves out is not limited. */
export function limitsOf(fields: FleetFields['limits'] | MusterFile['limits']): Limits {
  return { ...NO_LIMITS, ...given(fields ?? {}) }
}

function networkChoice({ vpc, subnets, securityGroups }: NetworkFields): NetworkChoice {
  return { vpc: vpc ?? null, subnets: subnets ?? null, securityGroups: securityGroups ?? null }
}

function nodeSeconds(text: string | undefined, builtIn: number | null): number | null {
  if (text === undefined) return builtIn
  return text === 'none' ? null : parseDuration(text)
}

/** Without keys that are there and undefined, which would hide what lies below. */
function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}

/** What no single field shows: keys that do not go together. */
export function fleetConflicts(yaml: YamlText, checked: Checked<MusterFile>): Problem[] {
  return Object.entries(checked.value?.fleets ?? {}).flatMap(([name, fields]) =>
    [...ofStorage(fields), ...capacityConflicts(fields), ...scalingConflicts(fields)].map(({ key, text }) => {
      const path = ['fleets', name, ...key]
      return problemAt(yaml.file, yaml.keyAt(path), `${called(path)} ${text}`)
    }),
  )
}

function ofStorage({ storage, network }: FleetFields): FleetConflict[] {
  if (storage === undefined || storage === 'none') return []
  // A fleet's own group lets Lustre through among its members alone, and the file system is none of them: the mount would hang.
  if (storage.id !== undefined && network?.securityGroups === undefined) {
    const text =
      "needs network.securityGroups of the fleet: groups that the file system's own group lets in on ports 988 and 1018-1023"
    return [{ key: ['storage', 'id'], text }]
  }
  return storageConflicts(storage).map(({ key, why }) => ({ key: ['storage', key], text: why }))
}
