import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { Readable } from 'node:stream'
import { extract } from 'tar-stream'
import { expect, test } from 'vitest'
import { nodeScripts } from '../../../src/launch/node-scripts.ts'

async function unpack(archive: Uint8Array): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  const reading = extract()
  Readable.from([gunzipSync(archive)]).pipe(reading)
  for await (const entry of reading) files.set(entry.header.name, (await buffer(entry)).toString())
  return files
}

test('the same scripts are the same bytes, named by their sum', async () => {
  const [first, second] = [await nodeScripts(), await nodeScripts()]
  expect(first.sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(second).toEqual(first)
})

test('every script says in its first lines what it is for, and names no shell but POSIX’s', async () => {
  const files = await unpack((await nodeScripts()).archive)
  expect([...files.keys()]).toContain('run-job.sh')
  for (const [name, text] of files) {
    expect(text, name).toMatch(/^(#!\/bin\/sh\n)?# [A-Za-z]/)
    expect(text, name).not.toMatch(/\[\[ |\bfunction |\blocal |<<<|\bsource /)
  }
})
