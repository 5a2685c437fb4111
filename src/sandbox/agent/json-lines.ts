import type { Readable, Writable } from 'node:stream'

/** Calls back for each JSON line of the stream. A line that is no JSON ends the stream: the other end is not ours. */
export function readJsonLines(stream: Readable, onMessage: (message: unknown) => void): void {
  let rest: string[] = []
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const lines = chunk.split('\n')
    rest.push(lines[0] ?? '')
    for (const next of lines.slice(1)) {
      const line = rest.join('')
      rest = [next]
      if (line === '') continue
      const message = parsed(line)
      if (message === undefined) stream.destroy()
      else onMessage(message)
    }
  })
}

export function writeJsonLine(stream: Writable, message: object): void {
  if (stream.writable) stream.write(`${JSON.stringify(message)}\n`)
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
