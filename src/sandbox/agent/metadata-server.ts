import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { metadataTokens } from './metadata-tokens.ts'

const ttlHeader = 'x-aws-ec2-metadata-token-ttl-seconds'
const tokenHeader = 'x-aws-ec2-metadata-token'

/** The value of a path below `/latest/`; undefined where there is none. */
export type MetadataSource = (path: string) => Promise<Buffer | undefined>

/**
 * The instance metadata service, version 2 only (HttpTokens=required): a PUT gives a token, every GET needs one.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html (compiled facts, 2026-09)
 */
export function metadataServer(source: MetadataSource): Server {
  const tokens = metadataTokens()
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? '/', 'http://metadata').pathname.replaceAll(/\/{2,}/g, '/')
    response.setHeader('Server', 'EC2ws')
    if (request.method === 'PUT') {
      if (path.replace(/\/$/, '') !== '/latest/api/token') return refuse(response, 403, 'Forbidden')
      // A request that a proxy passed on gets no token: this is what v2 protects against.
      if (request.headers['x-forwarded-for'] !== undefined) return refuse(response, 403, 'Forbidden')
      const issued = tokens.issue(header(request, ttlHeader))
      if (issued === undefined) return refuse(response, 400, 'Bad Request')
      response.setHeader(ttlHeader, issued.ttlSeconds)
      return reply(response, issued.token)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Method Not Allowed')
    const remaining = tokens.remaining(header(request, tokenHeader))
    if (remaining === undefined) return refuse(response, 401, 'Unauthorized')
    response.setHeader(ttlHeader, remaining)
    const value = await lookUp(source, path)
    return value === undefined ? refuse(response, 404, 'Not Found') : reply(response, value)
  }
  return createServer((request, response) => {
    request.resume()
    handle(request, response).catch(() => refuse(response, 500, 'Internal Server Error'))
  })
}

/** A listing answers with and without its final slash, as AWS's does. */
async function lookUp(source: MetadataSource, path: string): Promise<Buffer | undefined> {
  if (path === '/') return Buffer.from('1.0\nlatest')
  const [, version, ...rest] = path.split('/')
  if (version === undefined || !/^(latest|1\.0|\d{4}-\d\d-\d\d)$/.test(version)) return undefined
  const below = rest.join('/')
  if (below === '') return Buffer.from('dynamic\nmeta-data\nuser-data')
  return (await source(below)) ?? (await source(below.endsWith('/') ? below.slice(0, -1) : `${below}/`))
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

function reply(response: ServerResponse, body: string | Buffer): void {
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}

function refuse(response: ServerResponse, status: number, words: string): void {
  const body = `<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
	"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
 <head>
  <title>${status} - ${words}</title>
 </head>
 <body>
  <h1>${status} - ${words}</h1>
 </body>
</html>
`
  if (response.headersSent) return
  response.writeHead(status, { 'Content-Type': 'text/html', 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}
