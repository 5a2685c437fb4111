import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { userDataParts } from '../../../../src/sandbox/agent/user-data-parts.ts'

const script = (text: string) => ({ kind: 'script', bytes: Buffer.from(text) })

describe('userDataParts', () => {
  it('finds a script, gzipped or not', () => {
    expect(userDataParts(Buffer.from('#!/bin/sh\ntrue'))).toEqual([script('#!/bin/sh\ntrue')])
    expect(userDataParts(gzipSync('#!/bin/sh\ntrue'))).toEqual([script('#!/bin/sh\ntrue')])
  })

  it('keeps every byte of a script', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const data = Buffer.concat([Buffer.from('#!/bin/cat\n'), bytes])
        expect(userDataParts(data)).toEqual([{ kind: 'script', bytes: data }])
      }),
    )
  })

  it('never fails on bytes that are no gzip', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        if (bytes[0] !== 0x1f) expect(userDataParts(Buffer.from(bytes)).length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('finds nothing in nothing', () => expect(userDataParts(Buffer.from('\n '))).toEqual([]))

  it('names what it leaves out', () => {
    expect(userDataParts(Buffer.from('#cloud-config\nusers: []'))).toEqual([
      { kind: 'ignored', what: '#cloud-config: only shell scripts run on this node' },
    ])
    expect(userDataParts(Buffer.from('echo hello'))[0]?.kind).toBe('ignored')
  })

  it('runs the shell scripts of a MIME archive in their order', () => {
    const archive = [
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed;',
      ' boundary="==B=="',
      '',
      '--==B==',
      'Content-Type: text/cloud-config; charset="us-ascii"',
      '',
      '#cloud-config',
      '--==B==',
      'Content-Type: text/x-shellscript; charset="us-ascii"',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('#!/bin/sh\necho 1\n').toString('base64'),
      '--==B==',
      'Content-Type: text/x-shellscript',
      '',
      '#!/bin/sh',
      'echo 2',
      '--==B==--',
      '',
    ]
    for (const end of ['\n', '\r\n']) {
      const parts = userDataParts(Buffer.from(archive.join(end)))
      expect(parts.map(({ kind }) => kind)).toEqual(['ignored', 'script', 'script'])
      expect(parts.map((part) => ('bytes' in part ? part.bytes.toString().trim().split(/\r?\n/).at(-1) : ''))).toEqual([
        '',
        'echo 1',
        'echo 2',
      ])
    }
  })

  it('takes the first line off a boot hook', () => {
    expect(userDataParts(Buffer.from('#cloud-boothook\n#!/bin/sh\ntrue'))).toEqual([script('#!/bin/sh\ntrue')])
  })
})
