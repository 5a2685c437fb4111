import type { Operation } from '../../service.ts'
import { members } from '../json/shape.ts'
import { read, SESSION_ID } from './input.ts'
import type { SsmState } from './state/ssm-state.ts'

/** TerminateSession: ends the terminal with what runs in it. The model has no error for a session that nobody knows. */
export function terminateSession({ sessions }: SsmState): Operation {
  return {
    name: 'TerminateSession',
    handle(raw, { region }) {
      const { SessionId } = read(SHAPE, raw)
      const session = sessions.find(region, SessionId)
      if (session) sessions.terminate(session)
      return { SessionId }
    },
  }
}

const SHAPE = members({ SessionId: SESSION_ID }, {})
