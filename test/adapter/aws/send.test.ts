import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, expect, it } from 'vitest'
import { clientConfig, connected } from '../../../src/aws/client-factory.ts'
import { mockSettings } from './settings.ts'

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

/** Sends a byte now and then, for ever: no time limit on silence would ever end it. */
async function trickle(): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/xml', 'content-length': '1000000' })
    const timer = setInterval(() => response.write('x'), 10)
    response.on('close', () => clearInterval(timer))
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

it('gives up an answer that never becomes whole, and names where it came from', async () => {
  const endpoint = await trickle()
  const settings = mockSettings({
    endpoint: {
      STS: endpoint,
      EC2: null,
      S3: null,
      SSM: null,
      FSX: null,
      PRICING: null,
      SERVICE_QUOTAS: null,
      IAM: null,
    },
  })
  const sts = connected(new STSClient(clientConfig('STS', settings)), 'STS', settings, 200)
  await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    code: 'CloudUnreachable',
    message: `cannot reach ${endpoint} for sts GetCallerIdentity (ETIMEDOUT)`,
    suggestions: ['check AWS_ENDPOINT_URL, or unset it to ask AWS itself'],
  })
})

it("passes on the reason of the caller's own abort", async () => {
  const settings = mockSettings({ endpoint: await trickle() })
  const sts = connected(new STSClient(clientConfig('STS', settings)), 'STS', settings)
  const stop = new AbortController()
  const asked = sts.send(new GetCallerIdentityCommand({}), { abortSignal: stop.signal })
  stop.abort(new Error('enough'))
  await expect(asked).rejects.toThrow('enough')
})
