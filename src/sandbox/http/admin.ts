import type { CallCounter } from '../calls.ts'
import type { Faults } from '../faults/faults.ts'
import { parseFault } from '../faults/parse.ts'
import type { WireAnswer } from '../protocol/wire.ts'
import type { Incoming } from './incoming.ts'
import { readBody } from './read-body.ts'
import { same } from './sigv4/verify.ts'

/** What `/_sandbox/health` tells: nothing secret, since anybody on the machine may ask. */
export interface Health {
  readonly pid: number
  /** Tells this sandbox's folder from others'. */
  readonly mark: string
  readonly build: string
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** Kind of its machines, and why they are not of the best kind. */
  readonly nodes: string
  readonly nodesReason: string | null
  /** Machines that live now. */
  readonly machines: number
}

export interface Admin {
  readonly token: string
  readonly faults: Faults
  readonly counter: CallCounter
  readonly health: () => Health
  /** Begins to stop; returns at once. */
  readonly stop: () => void
}

const PREFIX = '/_sandbox/'

export function isAdmin(request: Incoming): boolean {
  return request.path.startsWith(PREFIX) && request.headers['authorization']?.startsWith('AWS4') !== true
}

/**
 * The sandbox's own paths, beside AWS's: `GET health`, `GET|POST|DELETE faults`, `GET|DELETE calls`, `POST stop`, JSON in and out. All but health want
 * `Authorization: Bearer <token>`.
 */
export async function administer(
  request: Incoming,
  sent: AsyncIterable<Uint8Array>,
  admin: Admin,
): Promise<WireAnswer> {
  const what = `${request.method} ${request.path.slice(PREFIX.length)}`
  if (what === 'GET health') return json(200, admin.health())
  if (!same(request.headers['authorization'] ?? '', `Bearer ${admin.token}`))
    return json(403, { error: 'Authorization: Bearer <token> is missing or wrong' })
  switch (what) {
    case 'GET faults':
      return json(200, { faults: admin.faults.list() })
    case 'POST faults':
      return addFault(await readBody(sent, 65_536), admin.faults)
    case 'DELETE faults':
      admin.faults.clear()
      return json(200, { faults: [] })
    case 'GET calls':
      return json(200, admin.counter.counts())
    case 'DELETE calls':
      admin.counter.clear()
      return json(200, admin.counter.counts())
    case 'POST stop':
      admin.stop()
      return json(202, { stopping: true })
    default:
      return json(404, {
        error: `there is no ${what}; there are GET health, GET|POST|DELETE faults, GET|DELETE calls, POST stop`,
      })
  }
}

function addFault(body: Uint8Array, faults: Faults): WireAnswer {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(body))
  } catch {
    return json(400, { error: 'the body is not JSON' })
  }
  const fault = parseFault(value)
  if (typeof fault === 'string') return json(400, { error: fault })
  faults.add(fault)
  return json(200, { faults: faults.list() })
}

function json(status: number, body: unknown): WireAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(body)}\n` }
}
