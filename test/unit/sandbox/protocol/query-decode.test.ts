import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeQuery } from '../../../../src/sandbox/protocol/query-decode.ts'

function decode(body: string, lists: 'bare' | 'member' = 'bare') {
  return decodeQuery({ method: 'POST', path: '/', query: '', headers: {}, body: Buffer.from(body) }, lists)
}

describe('the query dialects', () => {
  it('make numbered keys lists, at any depth', () => {
    const { action, version, input } = decode(
      'Action=DescribeInstances&Version=2016-11-15&Filter.1.Name=tag%3Aa&Filter.1.Value.2=y&Filter.1.Value.1=x+z&InstanceId.1=i-1&MaxResults=5',
    )
    expect({ action, version }).toEqual({ action: 'DescribeInstances', version: '2016-11-15' })
    expect(input).toEqual({ Filter: [{ Name: 'tag:a', Value: ['x z', 'y'] }], InstanceId: ['i-1'], MaxResults: '5' })
  })

  it('order lists by number, and close gaps', () => {
    expect(decode('A.10=j&A.2=b&A.1=a').input).toEqual({ A: ['a', 'b', 'j'] })
  })

  it('read what comes in the URL, and not its signature', () => {
    const request = {
      method: 'GET',
      path: '/',
      query: 'Action=X&A.1=a&X-Amz-Signature=s',
      headers: {},
      body: Buffer.alloc(0),
    }
    expect(decodeQuery(request, 'bare')).toEqual({ action: 'X', version: undefined, input: { A: ['a'] } })
  })

  it('take `member` off in the dialect that has it', () => {
    expect(decode('Names.member.1=a&Names.member.2=b', 'member').input).toEqual({ Names: ['a', 'b'] })
    expect(decode('Names.member.1=a').input).toEqual({ Names: { member: ['a'] } })
  })

  it.each(['A=1&A.1=2', 'A.1=2&A=1', 'A..1=2', '.=1'])('refuse what is no tree: %s', (body) => {
    expect(() => decode(body)).toThrow(/is not recognized/)
  })

  it('keep names of JavaScript harmless', () => {
    const { input } = decode('__proto__.polluted=1&constructor=2')
    expect(Object.keys(input)).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('give back every flat parameter as it was', () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z]{0,9}$/).filter((each) => each !== 'Action' && each !== 'Version')
    fc.assert(
      fc.property(fc.dictionary(name, fc.string({ unit: 'grapheme' })), (parameters) => {
        expect({ ...decode(new URLSearchParams(parameters).toString()).input }).toEqual({ ...parameters })
      }),
    )
  })
})
