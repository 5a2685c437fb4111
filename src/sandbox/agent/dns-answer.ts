const A = 1
const PTR = 12
const INTERNET = 1
const NO_SUCH_NAME = 3
/** Seconds: names and addresses do not part while a node lives. */
const TTL = 60
const HEADER = 12

/**
 * What Amazon's DNS server says of the private names of a network's instances, `ip-172-31-0-4.DOMAIN`, and of their addresses; every other
 * name is not there: nothing leads out of the sandbox. A message of RFC 1035; null where it is no question.
 */
export function dnsAnswer(query: Buffer, domain: string): Buffer | null {
  const question = readQuestion(query)
  if (question === null) return null
  const { labels, type, ofClass, end } = question
  const address = addressOf(labels, domain)
  const reverse = nameOf(labels, domain)
  const isKnown = ofClass === INTERNET && (address !== null || reverse !== null)
  const data =
    isKnown && type === A && address !== null
      ? address
      : isKnown && type === PTR && reverse !== null
        ? encoded(reverse)
        : null
  const header = Buffer.alloc(HEADER)
  query.copy(header, 0, 0, 2)
  // A response that is authoritative, with the asker's wish for recursion, which there is.
  header.writeUInt16BE(0x8480 | (query.readUInt16BE(2) & 0x0100) | (isKnown ? 0 : NO_SUCH_NAME), 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(data === null ? 0 : 1, 6)
  return Buffer.concat([header, query.subarray(HEADER, end), ...(data === null ? [] : [record(type, data)])])
}

function readQuestion(query: Buffer) {
  if (query.length < HEADER || (query.readUInt8(2) & 0xf8) !== 0 || query.readUInt16BE(4) !== 1) return null
  const labels: string[] = []
  let at = HEADER
  for (;;) {
    const length = query[at]
    if (length === undefined || length > 63 || at + 1 + length + 4 > query.length) return null
    if (length === 0) break
    labels.push(query.toString('latin1', at + 1, at + 1 + length).toLowerCase())
    at += 1 + length
  }
  return { labels, type: query.readUInt16BE(at + 1), ofClass: query.readUInt16BE(at + 3), end: at + 5 }
}

function addressOf([host = '', ...rest]: readonly string[], domain: string): Buffer | null {
  if (rest.join('.') !== domain) return null
  return octets(/^ip-(\d+)-(\d+)-(\d+)-(\d+)$/.exec(host)?.slice(1) ?? [])
}

function nameOf(labels: readonly string[], domain: string): string | null {
  if (labels.slice(4).join('.') !== 'in-addr.arpa') return null
  const address = octets(labels.slice(0, 4).toReversed())
  // The metadata service has no name.
  return address === null || address[0] === 169 ? null : `ip-${[...address].join('-')}.${domain}`
}

function octets(words: readonly string[]): Buffer | null {
  const numbers = words.map(Number)
  const areBytes = words.every((word, at) => /^\d{1,3}$/.test(word) && numbers[at]! < 256)
  return numbers.length === 4 && areBytes ? Buffer.from(numbers) : null
}

const encoded = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]),
    Buffer.from([0]),
  ])

/** Of the name of the question, which a pointer to it stands for. */
function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0xc000 | HEADER, 0)
  head.writeUInt16BE(type, 2)
  head.writeUInt16BE(INTERNET, 4)
  head.writeUInt32BE(TTL, 6)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}
