import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metadataTokens } from '../../../../src/sandbox/agent/metadata-tokens.ts'

describe('metadataTokens', () => {
  it('are good for exactly their lifetime', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 21_600 }), (ttl) => {
        let now = 1_000_000
        const tokens = metadataTokens(() => now)
        const token = tokens.issue(String(ttl))?.token
        expect(tokens.remaining(token)).toBe(ttl)
        now += ttl * 1000 - 1
        expect(tokens.remaining(token)).toBe(1)
        now += 1
        expect(tokens.remaining(token)).toBeUndefined()
      }),
    )
  })

  it.each([undefined, '', '0', '21601', '-1', '1.5', 'x', '1e3'])('has none for a lifetime of %s', (ttl) => {
    expect(metadataTokens().issue(ttl)).toBeUndefined()
  })

  it('knows no token that it did not issue', () => {
    const tokens = metadataTokens()
    tokens.issue('60')
    expect(tokens.remaining(undefined)).toBeUndefined()
    expect(tokens.remaining('')).toBeUndefined()
    expect(tokens.remaining('guess')).toBeUndefined()
  })
})
