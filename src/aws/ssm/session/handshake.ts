import { jsonOf, type Message } from './message.ts'

/** What is asked of a client before a session begins, and the answer (session-manager-plugin 61cf128, src/message/handshakemessage.go). */
export interface HandshakeAnswer {
  readonly response: Uint8Array
  /** Why there will be no session; null where there will. */
  readonly refusal: string | null
}

/** Of the plugin whose protocol this is: the agent keeps stdout and stderr apart for newer ones than 1.2.295 (datachannel.go). */
export const CLIENT_VERSION = '1.2.650.0'

const DONE = 1
const FAILED = 2
const UNSUPPORTED = 3

/**
 * An agent asks where it has reason to: commands without a terminal, and every session where the account's preferences ask for encryption with a
 * key of KMS. The session's type is ours; keys are not.
 */
export function answerHandshake(request: Message): HandshakeAnswer {
  const { RequestedClientActions: requested } = jsonOf(request)
  const actions = (Array.isArray(requested) ? requested : []) as readonly Record<string, unknown>[]
  const answers = actions.map(({ ActionType: type }) => ({ type, ...answerTo(type) }))
  const refusals = answers.flatMap(({ error }) => (error === '' ? [] : [error]))
  const response = {
    ClientVersion: CLIENT_VERSION,
    ProcessedClientActions: answers.map(({ type, status, error }) => ({
      ActionType: type,
      ActionStatus: status,
      ActionResult: null,
      Error: error,
    })),
    Errors: refusals,
  }
  return { response: Buffer.from(JSON.stringify(response)), refusal: refusals[0] ?? null }
}

function answerTo(type: unknown): { readonly status: number; readonly error: string } {
  if (type === 'SessionType') return { status: DONE, error: '' }
  if (type === 'KMSEncryption') {
    return {
      status: FAILED,
      error: "the account's Session Manager preferences encrypt sessions with a KMS key, which muster cannot",
    }
  }
  return { status: UNSUPPORTED, error: `the agent asks for ${String(type)}, which muster does not know` }
}
