import type { LaunchData } from '../input/launch-data.ts'
import type { Resource } from './resource.ts'

export interface LaunchTemplate extends Resource {
  readonly kind: 'launch-template'
  readonly name: string
  readonly createdBy: string
  readonly versions: Map<number, TemplateVersion>
  latest: number
  default: number
}

export interface TemplateVersion {
  readonly number: number
  readonly description: string | null
  readonly createdAt: number
  readonly createdBy: string
  readonly data: LaunchData
}
