import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/**
 * A bucket and an instance metadata service on one port, as small as the node scripts need: so that their tests do not
 * depend on the sandbox's own S3, and can break it at will. Requests without the session's credentials are refused.
 */
export interface BucketStub {
  readonly url: string
  readonly imds: string
  readonly objects: Map<string, Buffer>
  /** Every PUT of an object in order, with its key: what was sent again is there twice. */
  readonly puts: string[]
  /** The next so many requests to the bucket answer 503. */
  failNext: number
  /** The session that IMDS hands out and the bucket accepts. */
  session: { id: string; token: string }
  /** What a Spot node's metadata says of its end; null while nothing is known of it. */
  spotNotice: string | null
  close(): Promise<void>
}

export async function startBucketStub(): Promise<BucketStub> {
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const uploads = new Map<string, Map<number, Buffer>>()
  const stub: BucketStub = {
    url: `${origin}/bucket`,
    imds: `${origin}/imds`,
    objects: new Map(),
    puts: [],
    failNext: 0,
    session: { id: 'ASIASTUB', token: 'stub+token/=' },
    spotNotice: null,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const { pathname, searchParams } = new URL(request.url ?? '', origin)
    const body = await buffer(request)
    const answer = (status: number, text: string | Buffer = '', headers = {}) =>
      response.writeHead(status, { 'content-length': Buffer.byteLength(text), ...headers }).end(text)
    if (pathname.startsWith('/imds/')) return answer(...metadata(request, pathname.slice('/imds/latest/'.length)))
    if (stub.failNext > 0) {
      stub.failNext -= 1
      return answer(503, 'SlowDown')
    }
    const { authorization = '', 'x-amz-security-token': token } = request.headers
    if (!authorization.startsWith(`AWS4-HMAC-SHA256 Credential=${stub.session.id}/`) || token !== stub.session.token) {
      return answer(403, 'InvalidAccessKeyId')
    }
    const key = decodeURIComponent(pathname.slice('/bucket/'.length))
    if (searchParams.size > 0) return answer(...multipart(request.method, key, searchParams, body))
    if (request.method === 'PUT') {
      stub.objects.set(key, body)
      stub.puts.push(key)
      return answer(200)
    }
    const found = stub.objects.get(key)
    return found ? answer(200, found) : answer(404, 'NoSuchKey')
  }

  function multipart(method = '', key: string, query: URLSearchParams, body: Buffer): [number, string?, object?] {
    if (query.has('uploads')) {
      const id = `upload-${uploads.size + 1}`
      uploads.set(id, new Map())
      return [200, `<?xml version="1.0"?><R><Key>${key}</Key><UploadId>${id}</UploadId></R>`]
    }
    const parts = uploads.get(query.get('uploadId') ?? '')
    if (!parts) return [404, 'NoSuchUpload']
    if (method === 'PUT') {
      parts.set(Number(query.get('partNumber')), body)
      return [200, '', { etag: `"part-${query.get('partNumber')}"` }]
    }
    const named = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>"part-(\d+)"<\/ETag>/g)]
    if (named.length !== parts.size || named.some(([, number, etag]) => number !== etag)) return [400, 'InvalidPart']
    stub.objects.set(key, Buffer.concat(named.map(([, number]) => parts.get(Number(number)) ?? Buffer.alloc(0))))
    return [200, '<R/>']
  }

  function metadata(request: IncomingMessage, path: string): [number, string?] {
    if (path === 'api/token' && request.method === 'PUT') return [200, 'imds-token']
    if (request.headers['x-aws-ec2-metadata-token'] !== 'imds-token') return [401]
    if (path === 'meta-data/iam/security-credentials/') return [200, 'muster-node']
    if (path === 'meta-data/instance-life-cycle') return [200, 'spot']
    if (path === 'meta-data/spot/instance-action') return stub.spotNotice === null ? [404] : [200, stub.spotNotice]
    if (path !== 'meta-data/iam/security-credentials/muster-node') return [404]
    const { id, token } = stub.session
    return [
      200,
      JSON.stringify({ Code: 'Success', AccessKeyId: id, SecretAccessKey: 's3cr3t/+x', Token: token }, null, 1),
    ]
  }

  return stub
}
