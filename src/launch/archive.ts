import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { pack } from 'tar-stream'

const compress = promisify(gzip)

/** Small files as one deterministic tar.gz: read-only for their owner, no time, no owner's name. */
export async function packFiles(
  files: readonly { readonly name: string; readonly text: string | Uint8Array }[],
): Promise<Uint8Array> {
  const tar = pack()
  for (const { name, text } of files) {
    tar.entry({ name, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 }, Buffer.from(text))
  }
  tar.finalize()
  const archive = await compress(await buffer(tar), { level: 9 })
  // The gzip header names the operating system that made it.
  archive[9] = 255
  return archive
}
