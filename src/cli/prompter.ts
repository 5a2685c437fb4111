import { createInterface } from 'node:readline'
import type { Prompter } from '../ports/prompter.ts'

interface Terminal {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean }
}

/**
 * Asks on stderr and reads a line from stdin, both of which must be terminals; otherwise the unattended answer is taken at
 * once, as it is when stdin ends. The terminal stays in its ordinary mode, so that ctrl-C while a question stands is a
 * signal like any other. `pause` takes a live frame away and gives the function that brings it back.
 */
export function terminalPrompter({ stdin, stderr }: Terminal, pause: () => () => void): Prompter {
  const interactive = stdin.isTTY === true && stderr.isTTY === true
  return {
    interactive,
    async choose(question, choices, unattended, withdrawn) {
      if (!interactive || withdrawn?.aborted === true) return unattended
      const resume = pause()
      const lines = createInterface({ input: stdin, terminal: false })
      const end = () => lines.close()
      withdrawn?.addEventListener('abort', end)
      const ask = () => stderr.write(`1-${choices.length}: `)
      try {
        const list = choices.map(({ label }, index) => `  ${index + 1}. ${label}\n`).join('')
        stderr.write(`${question}\n${list}`)
        ask()
        for await (const line of lines) {
          const answer = choices[Number(line.trim()) - 1] ?? choices.find(({ value }) => value === line.trim())
          if (answer) return answer.value
          ask()
        }
        stderr.write('\n')
        return unattended
      } finally {
        withdrawn?.removeEventListener('abort', end)
        lines.close()
        resume()
      }
    },
  }
}
