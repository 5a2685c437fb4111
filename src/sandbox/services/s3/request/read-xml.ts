import { createHash } from 'node:crypto'
import { readXml, type XmlNode } from '../../../protocol/xml-read.ts'
import { s3Errors } from '../errors.ts'
import type { S3Request } from './s3-request.ts'

const MOST_BYTES = 4 * 1024 * 1024

/** Reads the body of a request whole, for the small documents of configuration. Throws where it is not what Content-MD5 says. */
export async function readDocument(request: S3Request): Promise<string> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of request.body) {
    size += piece.length
    if (size > MOST_BYTES) throw s3Errors.entityTooLarge(MOST_BYTES)
    pieces.push(piece)
  }
  const body = Buffer.concat(pieces)
  const md5 = request.headers['content-md5']
  if (md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64')) throw s3Errors.badDigest()
  return body.toString('utf8')
}

/** The document's root, which must have the name. Throws MalformedXML. */
export async function readXmlBody(request: S3Request, root: string): Promise<XmlNode> {
  const node = readXml(await readDocument(request))
  if (node?.name !== root) throw s3Errors.malformedXml()
  return node
}
