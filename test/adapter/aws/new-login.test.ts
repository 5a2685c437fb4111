import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connectIdentity } from '../../../src/aws/sts/identity.ts'
import { mockSettings } from './settings.ts'

/** A new login writes other keys into a file that the SDK has read before. */
const before = process.env['AWS_SHARED_CREDENTIALS_FILE']
let folder: string
let server: Server
const keys: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-login-'))
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(folder, 'credentials')
  keys.length = 0
  server = createServer((request, response) => {
    const [, key = ''] = /Credential=([^/]+)/.exec(request.headers.authorization ?? '') ?? []
    keys.push(key)
    const isOld = key === 'AKIAOLD'
    response.writeHead(isOld ? 403 : 200, { 'content-type': 'text/xml' })
    response.end(
      isOld
        ? '<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>expired</Message></Error></ErrorResponse>'
        : '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/a</Arn><Account>000000000001</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterEach(async () => {
  if (before === undefined) delete process.env['AWS_SHARED_CREDENTIALS_FILE']
  else process.env['AWS_SHARED_CREDENTIALS_FILE'] = before
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true })
})

const logIn = (key: string) =>
  writeFile(join(folder, 'credentials'), `[lab]\naws_access_key_id = ${key}\naws_secret_access_key = s\n`)

it('keys that a new login has written into the credentials file are used by the next call', async () => {
  await logIn('AKIAOLD')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const identity = connectIdentity({ ...mockSettings(), credentials: null, profile: 'lab', endpoint })
  await expect(identity.whoAmI()).rejects.toMatchObject({ code: 'CredentialsExpired' })
  await logIn('AKIANEW')
  // The call that still has the old ones finds the new ones for the next.
  await identity.whoAmI().catch(() => null)
  expect(await identity.whoAmI()).toMatchObject({ account: '000000000001' })
  expect(new Set(keys)).toEqual(new Set(['AKIAOLD', 'AKIANEW']))
})
