import type { Operation } from '../../service.ts'
import { pageOf } from '../json/page.ts'
import { integer, listOf, members, oneOf, text } from '../json/shape.ts'
import { invalidNextToken, read, seconds } from './input.ts'
import type { Session } from './state/sessions.ts'
import type { SsmState } from './state/ssm-state.ts'

/** DescribeSessions: those that go on, or those that have ended; newest first. */
export function describeSessions({ sessions }: SsmState): Operation {
  return {
    name: 'DescribeSessions',
    handle(raw, { region }) {
      const { State, MaxResults = 50, NextToken, Filters = [] } = read(SHAPE, raw)
      const found = sessions
        .list(region)
        .filter(({ status }) => (status === 'Terminated') === (State === 'History'))
        .filter((session) => Filters.every(({ key, value }) => passes(session, key, value)))
        .toReversed()
      const page = pageOf(found, ({ id }) => id, MaxResults, NextToken, invalidNextToken)
      return { Sessions: page.items.map(render), NextToken: page.nextToken }
    },
  }
}

const KEYS = ['InvokedAfter', 'InvokedBefore', 'Target', 'Owner', 'Status', 'SessionId', 'AccessType'] as const

const SHAPE = members(
  { State: oneOf('Active', 'History') },
  {
    MaxResults: integer({ least: 1, most: 200 }),
    NextToken: text(),
    Filters: listOf(members({ key: oneOf(...KEYS), value: text({ min: 1, max: 400 }) }, {}), { min: 1, max: 7 }),
  },
)

function passes({ startedAt, target, owner, status, id }: Session, key: (typeof KEYS)[number], value: string): boolean {
  if (key === 'InvokedAfter') return startedAt >= Date.parse(value)
  if (key === 'InvokedBefore') return startedAt < Date.parse(value)
  return { Target: target, Owner: owner, Status: status, SessionId: id, AccessType: 'Standard' }[key] === value
}

function render({ id, target, status, startedAt, endedAt, documentName, owner, reason }: Session): object {
  return {
    SessionId: id,
    Target: target,
    Status: status,
    StartDate: seconds(startedAt),
    EndDate: endedAt === null ? undefined : seconds(endedAt),
    DocumentName: documentName,
    Owner: owner,
    Reason: reason === '' ? undefined : reason,
    AccessType: 'Standard',
  }
}
