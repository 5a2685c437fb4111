import { resolve } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { transferError, type Doing } from './transfer-error.ts'
import { createUnpacker, type Unpacked } from './unpack-entry.ts'

export type { Unpacked } from './unpack-entry.ts'

/**
 * Unpacks a tar.gz as it comes into a folder, which is made where it is missing; what is there already is replaced. Nothing
 * is ever written outside of it. `onProgress` gets the bytes of the archive that have come so far.
 *
 * Throws TransferFailed where the archive is damaged or would leave the folder, DiskFull naming the folder.
 */
export async function unpackArchive(
  stream: Readable,
  folder: string,
  onProgress?: (done: number) => void,
): Promise<Unpacked> {
  const root = resolve(folder)
  const whole: Doing = { what: `unpack the archive into ${root}`, into: root }
  const unpacker = createUnpacker(root)
  try {
    await unpacker.begin()
  } catch (error) {
    stream.destroy()
    throw transferError(error, whole)
  }
  // From here on to the loop nothing may wait: an entry that comes before it is lost.
  const tar = extract()
  const arrived = pipeline(stream, counter(onProgress), createGunzip(), tar)
  const damage = arrived.then(
    () => null,
    (error: unknown) => error,
  )
  try {
    for await (const entry of tar) await unpacker.take(entry.header, entry as unknown as AsyncIterable<Uint8Array>)
    await arrived
    return await unpacker.finish()
  } catch (error) {
    tar.destroy()
    const cameDamaged = (await damage) === error
    throw transferError(error, cameDamaged ? whole : (unpacker.doing() ?? whole))
  }
}

function counter(onProgress: ((done: number) => void) | undefined): Transform {
  let done = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      done += chunk.length
      onProgress?.(done)
      callback(null, chunk)
    },
  })
}
