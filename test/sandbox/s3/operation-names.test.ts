import * as sdk from '@aws-sdk/client-s3'
import { expect, it } from 'vitest'
import { operationName } from '../../../src/sandbox/services/s3/request/operation-name.ts'
import { s3Request } from '../../../src/sandbox/services/s3/request/s3-request.ts'

type AnyCommand = new (input: object) => Parameters<sdk.S3Client['send']>[0]

/** What any command needs for its address; a command takes of it what it has. */
const INPUT = {
  Bucket: 'a-bucket',
  Key: 'a/key',
  UploadId: 'u',
  PartNumber: 1,
  Id: 'i',
  CopySource: 'a-bucket/other',
  RenameSource: 'other',
  AnnotationName: 'n',
}

/** These cannot be told from another by their address, or go to a host of their own. */
const ELSEWHERE = new Set(['ListDirectoryBuckets', 'WriteGetObjectResponse'])

const commands = Object.entries(sdk)
  .filter(([name]) => name.endsWith('Command') && name !== '$Command')
  .map(([name, command]) => [name.slice(0, -'Command'.length), command as unknown as AnyCommand] as const)
  .filter(([name]) => !ELSEWHERE.has(name))

async function* nothing() {}

interface Sent {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, unknown>>
  readonly headers: Record<string, string>
}

/** The request that the SDK would send. */
async function sent(command: AnyCommand) {
  const seen: Sent[] = []
  const client = new sdk.S3Client({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: {
      handle: (request: Sent) => {
        seen.push(request)
        return Promise.reject(new Error('seen enough'))
      },
    },
  })
  await client.send(new command(INPUT)).catch(() => {})
  const [request] = seen
  if (request === undefined) throw new Error('the SDK sent nothing')
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(request.query ?? {}))
    query.set(name, typeof value === 'string' ? value : '')
  const { method, path, headers } = request
  return { method, path, query: query.toString(), headers }
}

it.each(commands)('%s is known by its name, so that it is never taken for another operation', async (name, command) => {
  const { method, path, query, headers } = await sent(command)
  const body = nothing()
  const call = {
    region: 'us-east-1',
    requestId: 'r',
    caller: { account: '0', arn: 'a', userId: 'u', instanceId: null },
  }
  const request = s3Request({ method, path, query, headers, body, length: 0, trailers: new Map() }, call)
  const known = operationName(request)
  // What is newer than the tables must at least be nothing that the sandbox does.
  if (/^(PUT|POST|DELETE|GET|HEAD) /.test(known)) expect(known).toContain('?')
  else expect(known).toBe(name)
})
