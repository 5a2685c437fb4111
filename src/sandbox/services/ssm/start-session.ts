import { AwsError } from '../../aws-error.ts'
import type { Operation } from '../../service.ts'
import { listOf, mapOf, members, text } from '../json/shape.ts'
import { read } from './input.ts'
import { sessionCommand } from './session-documents.ts'
import type { Session } from './state/sessions.ts'
import type { SsmState } from './state/ssm-state.ts'

/** StartSession: a shell or a command in a terminal on one node whose agent is connected. */
export function startSession({ agents, sessions, world }: SsmState): Operation {
  return {
    name: 'StartSession',
    handle(raw, { region, caller }) {
      const { Target: target, DocumentName, Reason: reason = '', Parameters } = read(SHAPE, raw)
      const { documentName, command } = sessionCommand(DocumentName, Parameters)
      const state = world.directories.instances?.find(region, target)?.state
      if (state !== 'running' || agents.find(region, target)?.connected !== true) {
        // The words of AWS's answer: aws/session-manager-plugin#5.
        throw new AwsError('TargetNotConnected', `${target} is not connected.`)
      }
      const session = sessions.start({ region, target, documentName, reason }, command, caller)
      return sessionAnswer(session, sessions.tokenFor(session), world.port)
    },
  }
}

/** Also ResumeSession's: one that cannot be resumed has no token (session-manager-plugin, GetResumeSessionParams). */
export function sessionAnswer({ id }: Session, TokenValue: string | undefined, port: number): object {
  const StreamUrl = `ws://127.0.0.1:${port}/v1/data-channel/${encodeURIComponent(id)}?role=publish_subscribe`
  return { SessionId: id, TokenValue, StreamUrl }
}

/** Limits as the API reference of StartSession has them. */
const SHAPE = members(
  { Target: text({ min: 1, max: 400 }) },
  {
    DocumentName: text({ pattern: /^[a-zA-Z0-9_\-.:/]{3,128}$/ }),
    Reason: text({ min: 1, max: 256, pattern: /^.{1,256}$/ }),
    Parameters: mapOf(listOf(text({ min: 1, max: 65_535 }))),
  },
)
