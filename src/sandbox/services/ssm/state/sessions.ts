import { randomBytes } from 'node:crypto'
import type { Principal } from '../../../credentials.ts'
import type { World } from '../../../world.ts'
import { startSession } from '../session/live-session.ts'
import type { LiveSession } from '../session/live-session.ts'

export type SessionStatus = 'Connecting' | 'Connected' | 'Disconnected' | 'Terminated'

export interface Session {
  readonly id: string
  readonly region: string
  readonly target: string
  readonly documentName: string
  readonly owner: string
  readonly reason: string
  readonly startedAt: number
  endedAt: number | null
  status: SessionStatus
}

/** The sessions of Session Manager; they live as long as the sandbox, those that have ended for the history. */
export interface Sessions {
  start(
    input: Pick<Session, 'region' | 'target' | 'documentName' | 'reason'>,
    command: string,
    caller: Principal,
  ): Session
  find(region: string, id: string): Session | undefined
  /** In the order in which they were started. */
  list(region: string): readonly Session[]
  /** A new token for the session's data channel: it is good once. Undefined where the session has ended. */
  tokenFor(session: Session): string | undefined
  admitted(id: string, token: string): LiveSession | undefined
  terminate(session: Session): void
  close(): void
}

interface Entry {
  readonly session: Session
  readonly live: LiveSession
  token: string
}

export function createSessions(world: World): Sessions {
  const entries = new Map<string, Entry>()
  const now = () => world.clock.now()
  return {
    start(input, command, caller) {
      const id = `${nameOf(caller)}-${randomBytes(9).toString('hex').slice(0, 17)}`
      const session: Session = {
        ...input,
        id,
        owner: caller.arn,
        startedAt: now(),
        endedAt: null,
        status: 'Connecting',
      }
      const live = startSession({
        sessionId: id,
        target: input.target,
        // The wire's own time: a test's clock stands still.
        now: Date.now,
        open: async () => {
          const machine = world.directories.instances?.machine(input.region, input.target)
          return machine?.openShell?.(id, command) ?? null
        },
        status: (status) => {
          session.status = status
          if (status === 'Terminated') session.endedAt = now()
        },
      })
      entries.set(id, { session, live, token: '' })
      return session
    },
    find: (region, id) => {
      const session = entries.get(id)?.session
      return session?.region === region ? session : undefined
    },
    list: (region) => [...entries.values()].map(({ session }) => session).filter((one) => one.region === region),
    tokenFor(session) {
      const entry = entries.get(session.id)
      if (entry === undefined || session.status === 'Terminated') return undefined
      entry.token = randomBytes(48).toString('base64')
      return entry.token
    },
    admitted(id, token) {
      const entry = entries.get(id)
      if (entry === undefined || token === '' || entry.token !== token) return undefined
      entry.token = ''
      return entry.live
    },
    terminate: (session) => entries.get(session.id)?.live.terminate(),
    close() {
      for (const { live } of entries.values()) live.terminate()
    },
  }
}

/** Session ids begin with the user's name, or the role session's (user guide, "About session ID ARN formats"). */
function nameOf({ arn }: Principal): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}
