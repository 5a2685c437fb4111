import { randomBytes } from 'node:crypto'
import type { Progress } from '../transfer/progress.ts'

export type TaskType = 'EXPORT_TO_REPOSITORY' | 'IMPORT_METADATA_FROM_REPOSITORY' | 'RELEASE_DATA_FROM_FILESYSTEM'

export interface Report {
  readonly Enabled: boolean
  readonly Path?: string | undefined
  readonly Format?: string | undefined
  readonly Scope?: string | undefined
}

/** A data repository task. Times are milliseconds since the epoch. */
export interface Task {
  readonly id: string
  readonly region: string
  readonly fileSystemId: string
  readonly type: TaskType
  /** As they were given. */
  readonly paths: readonly string[]
  readonly report: Report
  readonly createdAt: number
  readonly tags: Map<string, string>
  readonly token: { readonly value: string; readonly request: string } | undefined
  readonly progress: Progress
  lifecycle: 'PENDING' | 'EXECUTING' | 'SUCCEEDED' | 'FAILED' | 'CANCELING' | 'CANCELED'
  failure: string | null
  startedAt: number | null
  endedAt: number | null
  stopTimer: () => void
}

/** `task-` and 17 hexadecimal digits. */
export const newTaskId = (): string => `task-${randomBytes(9).toString('hex').slice(0, 17)}`

/** While it is one of these, its file system takes no other and is not deleted. */
export const isActive = ({ lifecycle }: Task): boolean =>
  lifecycle === 'PENDING' || lifecycle === 'EXECUTING' || lifecycle === 'CANCELING'
