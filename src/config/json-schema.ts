import { z } from 'zod'
import { jobFile } from './schema/job-file.ts'
import { musterFile } from './schema/muster-file.ts'

const FILES = { muster: musterFile, job: jobFile } as const

/** The JSON Schema (draft 2020-12) of `muster.yaml` or of a job file, for editors that complete and check YAML. */
export function jsonSchema(file: keyof typeof FILES): Record<string, unknown> {
  return z.toJSONSchema(FILES[file], { io: 'input' }) as Record<string, unknown>
}
