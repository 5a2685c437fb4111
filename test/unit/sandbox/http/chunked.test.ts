import { describe, expect, it } from 'vitest'
import { createCredentials } from '../../../../src/sandbox/credentials-create.ts'
import type { Incoming } from '../../../../src/sandbox/http/incoming.ts'
import { authorizationOf } from '../../../../src/sandbox/http/sigv4/authorization.ts'
import { sha256, sign, stringToSign } from '../../../../src/sandbox/http/sigv4/canonical.ts'
import { chunkedBody, type ChunkSigner } from '../../../../src/sandbox/http/sigv4/chunked.ts'
import { verify } from '../../../../src/sandbox/http/sigv4/verify.ts'

/** AWS's published examples: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and sigv4-streaming-trailers.html. */
const user = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
const now = Date.parse('2013-05-24T00:00:00Z')
const content = 'a'.repeat(66_560)

function example(signature: string, signedHeaders: string, extra: Record<string, string>): Incoming {
  const headers: Record<string, string> = {
    host: 's3.amazonaws.com',
    'x-amz-date': '20130524T000000Z',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': '66560',
    ...extra,
    authorization: `AWS4-HMAC-SHA256 Credential=${user.accessKeyId}/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`,
  }
  const values = (name: string) => (headers[name] === undefined ? [] : [headers[name]])
  return { method: 'PUT', path: '/examplebucket/chunkObject.txt', query: '', headers, values }
}

function signerOf(request: Incoming, declared: string): ChunkSigner {
  const auth = authorizationOf(request)
  if (auth === undefined) throw new Error('the example is signed')
  verify(request, auth, declared, createCredentials('1', user), now)
  const secret = user.secretAccessKey
  return {
    seed: auth.signature,
    chunk: (previous, hash) =>
      sign(secret, auth, stringToSign(auth, 'AWS4-HMAC-SHA256-PAYLOAD', previous, sha256(''), hash)),
    trailer: (previous, hash) => sign(secret, auth, stringToSign(auth, 'AWS4-HMAC-SHA256-TRAILER', previous, hash)),
  }
}

const signed = signerOf(
  example(
    '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
    'content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class',
    { 'content-length': '66824', 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' },
  ),
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
)
const signedBody =
  `10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n${'a'.repeat(65_536)}\r\n` +
  `400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n${'a'.repeat(1024)}\r\n` +
  '0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n'

const trailing = signerOf(
  example(
    '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
    'content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer',
    {
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
      'x-amz-trailer': 'x-amz-checksum-crc32c',
    },
  ),
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
)
const trailingBody =
  `10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\r\n${'a'.repeat(65_536)}\r\n` +
  `400;chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\r\n${'a'.repeat(1024)}\r\n` +
  '0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n' +
  'x-amz-checksum-crc32c:sOO8/Q==\r\n' +
  'x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n'

async function read(body: string, signer: ChunkSigner | undefined, length = content.length, piece = 1000) {
  const bytes = Buffer.from(body)
  const trailers = new Map<string, string>()
  async function* sent(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
  }
  const pieces: Uint8Array[] = []
  for await (const each of chunkedBody({ sent: sent(), length, trailers, signer })) pieces.push(each)
  return { text: Buffer.concat(pieces).toString(), trailers: Object.fromEntries(trailers) }
}

describe('aws-chunked bodies', () => {
  it.each([1, 7, 1000, 65_536, 1_000_000])("reads AWS's signed example in pieces of %i", async (piece) => {
    expect((await read(signedBody, signed, content.length, piece)).text === content).toBe(true)
  })

  it("reads AWS's example with signed trailers", async () => {
    const { text, trailers } = await read(trailingBody, trailing)
    expect(text === content).toBe(true)
    expect(trailers).toEqual({ 'x-amz-checksum-crc32c': 'sOO8/Q==' })
  })

  it('reads unsigned chunks with a trailer', async () => {
    const body = '5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n'
    expect(await read(body, undefined, 11)).toEqual({
      text: 'hello world',
      trailers: { 'x-amz-checksum-crc32': 'DUoRhQ==' },
    })
  })

  it.each([
    ['a changed byte', signedBody.replace('aaaa', 'aaab'), signed, 'SignatureDoesNotMatch'],
    ['a changed trailer', trailingBody.replace('sOO8', 'sOO9'), trailing, 'SignatureDoesNotMatch'],
    [
      'a missing trailer signature',
      trailingBody.replace(/x-amz-trailer-signature.*/, ''),
      trailing,
      'SignatureDoesNotMatch',
    ],
    ['a body cut short', signedBody.slice(0, 60_000), signed, 'IncompleteBody'],
    ['a missing last chunk', signedBody.slice(0, signedBody.lastIndexOf('0;chunk')), signed, 'IncompleteBody'],
    ['no framing', content, signed, 'IncompleteBody'],
    [
      'more than announced',
      '5\r\nhello\r\n0\r\n\r\n'.replace('5', '6').replace('hello', 'hello!'),
      undefined,
      'IncompleteBody',
    ],
  ] as const)('refuses %s', async (_what, body, signer, code) => {
    const reading = read(body, signer, signer === undefined ? 5 : content.length)
    expect(
      await reading.then(
        () => 'read',
        (error: { code?: string }) => error.code,
      ),
    ).toBe(code)
  })
})
