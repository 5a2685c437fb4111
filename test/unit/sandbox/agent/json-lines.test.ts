import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { readJsonLines, writeJsonLine } from '../../../../src/sandbox/agent/json-lines.ts'

it('messages arrive as they were sent, however the bytes are cut', async () => {
  const messages = fc.array(fc.record({ text: fc.string({ unit: 'binary' }) }), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(messages, fc.integer({ min: 1, max: 7 }), async (sent, size) => {
      const wire = new PassThrough()
      for (const message of sent) writeJsonLine(wire, message)
      wire.end()
      const bytes = await buffer(wire)
      const cut = new PassThrough()
      const heard: unknown[] = []
      readJsonLines(cut, (message) => heard.push(message))
      for (let at = 0; at < bytes.length; at += size) cut.write(bytes.subarray(at, at + size))
      cut.end()
      await new Promise((resolve) => cut.on('close', resolve))
      expect(heard).toEqual(sent)
    }),
    { numRuns: 30 },
  )
})

it('a line that is no JSON ends the stream', async () => {
  const wire = new PassThrough()
  readJsonLines(wire, () => {})
  wire.write('nonsense\n')
  await new Promise((resolve) => wire.on('close', resolve))
  expect(wire.destroyed).toBe(true)
})
