import { get } from 'node:http'
import type { Health } from '../http/admin.ts'
import { sandboxMark } from './mark.ts'
import { readState } from './state.ts'

export interface Healthy extends Health {
  readonly port: number
}

/** Asks the daemon that state.json names; undefined where it does not answer, is not ready, or is another folder's. */
export async function probe(home: string, timeoutMs = 1_000): Promise<Healthy | undefined> {
  const port = readState(home)?.port ?? null
  if (port === null) return undefined
  const health = await ask(port, timeoutMs)
  return health?.mark === sandboxMark(home) ? { ...health, port } : undefined
}

/** Plain `http`, not fetch: loading that takes longer than asking. */
async function ask(port: number, timeoutMs: number): Promise<Health | undefined> {
  return new Promise((resolve) => {
    const fail = (): void => resolve(undefined)
    const request = get({ host: '127.0.0.1', port, path: '/_sandbox/health', agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        text += piece
      })
      response.on('error', fail)
      response.on('end', () => resolve(response.statusCode === 200 ? parse(text) : undefined))
    })
    request.setTimeout(timeoutMs, () => request.destroy(new Error('timed out')))
    request.on('error', fail)
  })
}

function parse(text: string): Health | undefined {
  try {
    return JSON.parse(text) as Health
  } catch {
    return undefined
  }
}
