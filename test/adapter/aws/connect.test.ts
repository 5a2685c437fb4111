import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { connectAws } from '../../../src/aws/connect.ts'
import { mockSettings } from './settings.ts'

const run = promisify(execFile)
const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

/** An endpoint that answers everything with one page. */
async function endpoint(status: number, body: string) {
  const server = createServer((_request, response) => response.writeHead(status).end(body))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const identityXml =
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>a</Arn><UserId>u</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>'

describe('connecting', () => {
  it('loads no SDK before it is used, and then the asked service alone', async () => {
    const code = `
      import { registerHooks } from 'node:module'
      const clients = new Set()
      registerHooks({ resolve(name, context, next) {
        const client = /^@aws-sdk\\/client-\\w+$/.exec(name)
        if (client) clients.add(client[0])
        return next(name, context)
      } })
      const { connectAws } = await import('${new URL('../../../src/aws/connect.ts', import.meta.url).href}')
      const clock = { now: Date.now, sleep: async () => {} }
      const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
      const aws = connectAws({ region: 'us-east-1', endpoint: 'http://127.0.0.1:1', credentials, clock, ids: Math })
      const before = [...clients]
      const error = await aws.identity.whoAmI().catch((e) => e.code)
      console.log(JSON.stringify({ before, after: [...clients], error }))`
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code])
    expect(JSON.parse(stdout)).toEqual({ before: [], after: ['@aws-sdk/client-sts'], error: 'CloudUnreachable' })
  })

  it('names the endpoint that is not there, soon', async () => {
    const aws = connectAws(mockSettings({ endpoint: 'http://127.0.0.1:1' }))
    const start = Date.now()
    await expect(aws.compute.fleets()).rejects.toMatchObject({
      code: 'CloudUnreachable',
      message: expect.stringContaining('http://127.0.0.1:1'),
    })
    expect(Date.now() - start).toBeLessThan(10_000)
  })

  it('tells that an endpoint is no AWS', async () => {
    const aws = connectAws(mockSettings({ endpoint: await endpoint(404, '<html><title>Not found</html>') }))
    await expect(aws.compute.network(null)).rejects.toMatchObject({ code: 'NotSupported' })
    await expect(aws.remote.online(['i-1'])).rejects.toMatchObject({ code: 'NotSupported' })
  })

  it.each([
    ['an empty answer', 200, ''],
    ['a page', 200, '<html><body>log in</body></html>'],
    ['its own error page', 500, '<html><title>oops</title></html>'],
    ['a redirection', 302, ''],
  ])('takes %s for no AWS before it believes that a cloud is empty', async (_what, status, body) => {
    const aws = connectAws(mockSettings({ endpoint: await endpoint(status, body) }))
    const error: unknown = await aws.identity.whoAmI().catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'NotSupported', message: expect.stringContaining('sts GetCallerIdentity') })
    expect(String(error)).not.toContain('Unknown')
  })

  it('asks each service where its own endpoint is', async () => {
    const STS = await endpoint(200, identityXml)
    const EC2 = await endpoint(
      403,
      '<Response><Errors><Error><Code>UnauthorizedOperation</Code></Error></Errors></Response>',
    )
    const aws = connectAws(
      mockSettings({
        endpoint: { STS, EC2, S3: null, SSM: null, FSX: null, PRICING: null, SERVICE_QUOTAS: null, IAM: null },
      }),
    )
    expect(await aws.identity.whoAmI()).toMatchObject({ account: '123456789012' })
    await expect(aws.compute.fleets()).rejects.toMatchObject({ code: 'NotAllowed' })
  })

  it('takes the error codes of all protocols from the wire', async () => {
    const xml =
      '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>'
    const ec2 = connectAws(mockSettings({ endpoint: await endpoint(403, xml) }))
    await expect(ec2.compute.fleets()).rejects.toMatchObject({ code: 'NotAllowed' })
    const json = connectAws(
      mockSettings({ endpoint: await endpoint(400, '{"__type":"x#AccessDeniedException","message":"no"}') }),
    )
    await expect(json.remote.online(['i-1'])).rejects.toMatchObject({ code: 'NotAllowed' })
    await expect(json.storage.fleets()).rejects.toMatchObject({ code: 'NotAllowed' })
  })
})
