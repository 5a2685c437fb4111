import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readStream } from '../../../src/app/logs/stream-reader.ts'
import { layout, segmentName } from '../../../src/core/job/layout.ts'
import type { OutputChunk } from '../../../src/ports/output-sink.ts'
import { fakeServices } from '../../fakes/services.ts'

const JOB = 'heat-20261123-143205-i000'

function bucket() {
  const { objects } = fakeServices()
  const read: OutputChunk[] = []
  const put = (offset: number, bytes: Uint8Array, sentAt = 1) =>
    objects.putBytes(
      layout.log(JOB, 'node-0', 'stdout') + segmentName({ offset, length: bytes.length, sentAt }),
      gzipSync(bytes),
    )
  const reader = readStream(objects, JOB, 'node-0', 'stdout', { write: async (chunk) => void read.push(chunk) })
  return { put, reader, text: () => Buffer.concat(read.map((chunk) => chunk.bytes)) }
}

describe('reading a stream', () => {
  it('gives every byte once and in order, however it was cut, sent and repeated', async () => {
    const piece = fc.record({
      bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
      again: fc.boolean(),
      round: fc.nat(3),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
        const { put, reader, text } = bucket()
        let offset = 0
        const placed = pieces.map((each) => {
          const at = offset
          offset += each.bytes.length
          return { ...each, at }
        })
        for (const round of [0, 1, 2, 3]) {
          for (const each of placed.filter((one) => one.round === round).toReversed()) {
            await put(each.at, each.bytes)
            if (each.again) await put(each.at, each.bytes, 2)
          }
          await reader.poll()
        }
        expect(text()).toEqual(Buffer.concat(pieces.map((each) => each.bytes)))
        expect(reader.offset()).toBe(offset)
      }),
    )
  })

  it('waits at a gap until it is filled', async () => {
    const { put, reader, text } = bucket()
    await put(0, Buffer.from('one '))
    await put(8, Buffer.from('three'))
    expect(await reader.poll()).toBe(4)
    expect(await reader.poll()).toBe(0)
    await put(4, Buffer.from('two '))
    expect(await reader.poll()).toBe(9)
    expect(text().toString()).toBe('one two three')
  })

  it('goes on behind a longer segment that was sent again after a shorter one', async () => {
    const { put, reader, text } = bucket()
    await put(0, Buffer.from('ab'))
    await put(0, Buffer.from('abcd'), 2)
    await reader.poll()
    expect(text().toString()).toBe('abcd')
  })
})
