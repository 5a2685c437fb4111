import { z } from 'zod'
import { batchFile } from './schema/batch-file.ts'
import { jobFile } from './schema/job-file.ts'
import { musterFile } from './schema/muster-file.ts'

const FILES = { muster: musterFile, job: jobFile, batch: batchFile } as const

/** The JSON Schema (draft 2020-12) of `muster.yaml` of a job file, or of a file of several jobs, for editors that complete and check YAML. */
export function jsonSchema(file: keyof typeof FILES): Record<string, unknown> {
  return z.toJSONSchema(FILES[file], { io: 'input' }) as Record<string, unknown>
}
