import { uniqueId } from './unique-id.ts'

export interface Role {
  readonly name: string
  readonly path: string
  readonly id: string
  readonly arn: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  /** Who may assume it: the policy's text as it was sent. */
  readonly trust: string
  readonly description: string | undefined
  readonly maxSessionSeconds: number
  /** The ARN of a managed policy. */
  readonly boundary: string | undefined
  tags: ReadonlyMap<string, string>
  /** Texts of inline policies by name. */
  readonly inline: Map<string, string>
  /** ARNs of managed policies. */
  readonly attached: Set<string>
}

interface Wanted {
  readonly name: string
  readonly trust: string
  readonly path?: string | undefined
  readonly description?: string | undefined
  readonly maxSessionSeconds?: number | undefined
  readonly boundary?: string | undefined
  readonly tags?: ReadonlyMap<string, string>
}

export function newRole(wanted: Wanted, account: string, now: number): Role {
  const path = wanted.path ?? '/'
  return {
    name: wanted.name,
    path,
    id: uniqueId('AROA'),
    arn: `arn:aws:iam::${account}:role${path}${wanted.name}`,
    createdAt: now,
    trust: wanted.trust,
    description: wanted.description,
    maxSessionSeconds: wanted.maxSessionSeconds ?? 3600,
    boundary: wanted.boundary,
    tags: wanted.tags ?? new Map(),
    inline: new Map(),
    attached: new Set(),
  }
}

/** Roles below this path belong to an AWS service. */
export const SERVICE_ROLES = '/aws-service-role/'

export const isServiceLinked = (role: Role): boolean => role.path.startsWith(SERVICE_ROLES)

/** The trust policy that lets one AWS service assume a role. */
export function trustOf(service: string): string {
  const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}
