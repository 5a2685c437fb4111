import type { Read } from '../../json/shape.ts'
import { badRequest } from '../input.ts'
import type { S3_POLICIES } from './shapes.ts'

/** Throws BadRequest for policies that the sandbox would keep without following them. */
export function refusePolicies(s3: Read<typeof S3_POLICIES> | undefined): void {
  for (const name of ['AutoImportPolicy', 'AutoExportPolicy'] as const) {
    if ((s3?.[name]?.Events ?? []).length > 0) {
      throw badRequest(`The sandbox does not implement ${name}: use a data repository task.`)
    }
  }
}
