/** One thing that the node says where pipes stand in place of a terminal (`pipeScript`). */
export type ShellFrame =
  | { readonly type: 'ready' }
  | { readonly type: 'stdout' | 'stderr'; readonly bytes: Uint8Array }
  | { readonly type: 'exit'; readonly exitCode: number }
  /** Before it is ready: what stands in the way, such as sudo's own words. */
  | { readonly type: 'noise'; readonly text: string }

/** Reads what comes from the node, however it is cut into pieces. */
export function frameReader(nonce: string): (bytes: Uint8Array) => ShellFrame[] {
  let rest = ''
  let ready = false
  const frameOf = (line: string): ShellFrame[] => {
    if (!ready) {
      ready = line.trimEnd().endsWith(nonce)
      return ready ? [{ type: 'ready' }] : [{ type: 'noise', text: line }]
    }
    const [, mark, text = ''] = /^([oex])([A-Za-z0-9+/=]+)$/.exec(line) ?? []
    if (mark === 'x') return [{ type: 'exit', exitCode: Number(text) }]
    if (mark === undefined) return []
    return [{ type: mark === 'o' ? 'stdout' : 'stderr', bytes: Buffer.from(text, 'base64') }]
  }
  return (bytes) => {
    const lines = (rest + Buffer.from(bytes).toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    return lines.flatMap(frameOf)
  }
}

/** Input as lines that the node decodes one by one. A terminal's line holds 4,095 bytes. */
export function inputLines(bytes: Uint8Array): string {
  const all = Buffer.from(bytes)
  let text = ''
  for (let at = 0; at < all.length; at += LINE_BYTES) text += `${all.toString('base64', at, at + LINE_BYTES)}\n`
  return text
}

const LINE_BYTES = 3000
/** No base64. */
export const INPUT_END = '.\n'
export const INTERRUPT = '\u0003'
