import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readXml, type XmlNode } from '../../../../src/sandbox/protocol/xml-read.ts'
import { xmlElement, xmlElements } from '../../../../src/sandbox/protocol/xml-write.ts'

describe('writing XML', () => {
  it('leaves out what is not there, and writes dates, lists and text', () => {
    const written = xmlElements(
      { a: undefined, b: null, c: '<&>"\'\r\n', d: new Date(0), e: [1, { f: true }], g: [], h: {}, i: '' },
      'item',
    )
    expect(written).toBe(
      '<c>&lt;&amp;&gt;&quot;&#39;&#xD;\n</c><d>1970-01-01T00:00:00.000Z</d><e><item>1</item><item><f>true</f></item></e><g/><h/><i/>',
    )
  })

  it('repeats the name of a list where members have none', () => {
    expect(xmlElements({ Key: ['a', 'b'], None: [] }, null)).toBe('<Key>a</Key><Key>b</Key>')
  })
})

describe('reading XML', () => {
  it('reads what clients of S3 send', () => {
    const root = readXml(
      '<?xml version="1.0"?>\n<!-- c --><s:Delete xmlns:s="http://x/"><Object a=\'1\'><Key>a &amp; b &#x41;&#66;</Key></Object><Quiet/><Object><Key><![CDATA[<x>]]></Key></Object></s:Delete>',
    )
    expect(root?.name).toBe('Delete')
    expect(root?.children.map(({ name }) => name)).toEqual(['Object', 'Quiet', 'Object'])
    expect(root?.children.map((child) => child.children[0]?.text)).toEqual(['a & b AB', undefined, '<x>'])
  })

  it.each([
    '',
    'text',
    '<a>',
    '<a></b>',
    '<a/><b/>',
    '<a>&unknown;</a>',
    '<a>&</a>',
    '<a><</a>',
    '</a>',
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`,
  ])('refuses %s', (document) => {
    expect(readXml(document)).toBeUndefined()
  })

  it('is the inverse of writing, for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary-ascii' })), (text) => {
        const expected: XmlNode = { name: 'a', text, children: [] }
        expect(readXml(xmlElement('a', text, null))).toEqual(expected)
      }),
    )
  })
})
