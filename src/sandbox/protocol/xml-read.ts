/** An element: its name without prefix, its own text (children's not included), its children. Attributes are dropped. */
export interface XmlNode {
  readonly name: string
  readonly text: string
  readonly children: readonly XmlNode[]
}

const DEEPEST = 64

/**
 * Reads a small XML document such as S3's request bodies. Undefined where it is not well-formed. Document types and entities
 * of the sender's own are refused: nothing of AWS's needs them.
 */
export function readXml(document: string): XmlNode | undefined {
  const reading: Reading = { open: [], root: undefined }
  for (const token of document.replace(/^\uFEFF/, '').matchAll(TOKENS)) if (!take(reading, token)) return undefined
  return reading.open.length === 0 ? reading.root : undefined
}

interface Reading {
  readonly open: { readonly name: string; text: string; readonly children: XmlNode[] }[]
  root: XmlNode | undefined
}

/** False where the token cannot be there. */
function take(reading: Reading, [whole, cdata, close, name, selfClosing, text]: RegExpExecArray): boolean {
  if (cdata !== undefined) return addText(reading, cdata)
  if (text !== undefined) return addText(reading, entitiesIn(text))
  if (close !== undefined) return end(reading, localName(close))
  if (name === undefined) return isIgnored(whole)
  if (reading.root !== undefined || reading.open.length > DEEPEST) return false
  reading.open.push({ name: localName(name), text: '', children: [] })
  return selfClosing !== '/' || end(reading, localName(name))
}

function addText({ open }: Reading, text: string | undefined): boolean {
  const parent = open.at(-1)
  if (parent === undefined || text === undefined) return text?.trim() === ''
  parent.text += text
  return true
}

function end(reading: Reading, name: string): boolean {
  const ended = reading.open.pop()
  if (ended?.name !== name) return false
  const parent = reading.open.at(-1)
  if (parent === undefined) reading.root = ended
  else parent.children.push(ended)
  return true
}

/** The text of the first child of the name; undefined where there is none. */
export function childText(node: XmlNode, name: string): string | undefined {
  return node.children.find((child) => child.name === name)?.text
}

export function childrenOf(node: XmlNode, name: string): readonly XmlNode[] {
  return node.children.filter((child) => child.name === name)
}

/** CDATA, closing tag, opening tag with its end, text, and at last any single character that none of these took. */
const TOKENS =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([\w:.-]+)\s*>|<([\w:.-]+)(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>|([^<]+)|</g

function isIgnored(token: string): boolean {
  return token.startsWith('<!--') || token.startsWith('<?')
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Undefined where an ampersand begins no entity that XML itself has. */
function entitiesIn(text: string): string | undefined {
  if (!text.includes('&')) return text
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)/.test(text)) return undefined
  return text.replace(/&(#x?)?([0-9a-zA-Z]+);/g, (_whole, number: string | undefined, name: string) => {
    if (number === undefined) return NAMED[name] ?? ''
    const code = Number.parseInt(name, number === '#' ? 10 : 16)
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\uFFFD'
  })
}
