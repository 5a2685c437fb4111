import { request } from 'node:http'
import { adminToken } from '../http/admin-token.ts'
import { files } from './files.ts'
import { SandboxError } from './sandbox-error.ts'
import { readState } from './state.ts'
import { readUserKey } from './user-key.ts'

/** Calls one of the daemon's own paths. Throws SandboxError where it does not answer or refuses. */
export async function adminCall(
  home: string,
  method: string,
  path: string,
  body?: unknown,
  timeoutMs = 5_000,
): Promise<unknown> {
  const port = readState(home)?.port ?? null
  const user = readUserKey(home)
  if (port === null || user === undefined) throw new SandboxError(`no sandbox runs in ${home}`, files.log(home))
  const headers = { authorization: `Bearer ${adminToken(user.secretAccessKey)}` }
  const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const call = request(
      { host: '127.0.0.1', port, path: `/_sandbox/${path}`, method, agent: false, headers },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (piece: string) => {
          text += piece
        })
        response.on('error', reject)
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      },
    )
    call.setTimeout(timeoutMs, () => call.destroy(new Error(`no answer within ${timeoutMs} ms`)))
    call.on('error', reject)
    call.end(body === undefined ? undefined : JSON.stringify(body))
  }).catch((error: unknown) => {
    throw new SandboxError(`the sandbox in ${home} does not answer`, files.log(home), error)
  })
  if (answer.status >= 300)
    throw new SandboxError(`the sandbox refused ${method} ${path}: ${answer.text.trim()}`, files.log(home))
  return JSON.parse(answer.text)
}
