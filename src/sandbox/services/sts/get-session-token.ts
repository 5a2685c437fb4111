import { AwsError } from '../../aws-error.ts'
import type { Credentials } from '../../credentials.ts'
import type { Operation } from '../../service.ts'

const LEAST_S = 900
const MOST_S = 129_600
const USUAL_S = 43_200

/**
 * Temporary credentials of the user who calls with a long-lived key (model: 15 minutes to 36 hours, 12 hours by default).
 * Sessions give no sessions: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export const getSessionToken = (credentials: Credentials): Operation => ({
  name: 'GetSessionToken',
  handle(input, { caller }) {
    const seconds = Number(input['DurationSeconds'] ?? USUAL_S)
    if (!Number.isInteger(seconds) || seconds < LEAST_S || seconds > MOST_S)
      throw new AwsError('ValidationError', `The requested DurationSeconds must be from ${LEAST_S} to ${MOST_S}.`)
    if (caller.instanceId !== null)
      throw new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials', 403)
    const session = credentials.forSession(caller, seconds)
    return {
      Credentials: {
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: session.secretAccessKey,
        SessionToken: session.sessionToken,
        Expiration: new Date(session.expiresAt ?? 0),
      },
    }
  },
})
