import { isMusterError, MusterError } from '../../core/errors/muster-error.ts'
import type { JobRecord } from '../../core/job/record.ts'

/**
 * A job that cannot be followed any more, because the cloud has not answered for too long, may well be running: its fleet must not be
 * taken down in the moment in which the cloud answers again. The error says how to find both; any other is left as it is.
 */
export function outOfSight(error: unknown, { id, fleet }: JobRecord): unknown {
  if (!isMusterError(error, 'CloudUnreachable', 'Throttled')) return error
  const { code, message, cause, exitCode } = error
  return new MusterError(code, `lost sight of job ${id}: ${message}`, {
    cause,
    exitCode,
    data: { ...error.data, outOfSight: true, job: id, fleet },
    suggestions: [...error.suggestions, `muster logs ${id} -f`, `muster down ${fleet}`],
  })
}

export function isOutOfSight(error: unknown): boolean {
  return isMusterError(error) && error.data['outOfSight'] === true
}
