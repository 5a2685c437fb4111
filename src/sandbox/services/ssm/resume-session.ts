import { AwsError } from '../../aws-error.ts'
import type { Operation } from '../../service.ts'
import { members } from '../json/shape.ts'
import { read, SESSION_ID } from './input.ts'
import { sessionAnswer } from './start-session.ts'
import type { SsmState } from './state/ssm-state.ts'

/** ResumeSession: a new token for a data channel whose line broke. */
export function resumeSession({ sessions, world }: SsmState): Operation {
  return {
    name: 'ResumeSession',
    handle(raw, { region }) {
      const { SessionId } = read(SHAPE, raw)
      const session = sessions.find(region, SessionId)
      if (!session) throw new AwsError('DoesNotExistException', `Session ${SessionId} does not exist.`)
      return sessionAnswer(session, sessions.tokenFor(session), world.port)
    },
  }
}

const SHAPE = members({ SessionId: SESSION_ID }, {})
