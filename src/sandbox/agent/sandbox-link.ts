import type { Duplex } from 'node:stream'
import { readJsonLines, writeJsonLine } from './json-lines.ts'
import type { Answer, FromAgent, Question, ToAgent } from './messages.ts'

/** The agent's end of its connection to the sandbox. */
export interface SandboxLink {
  readonly send: (message: FromAgent) => void
  readonly ask: (question: Question) => Promise<Answer>
}

/** Answers go to who asked; all other messages to `onMessage`. */
export function sandboxLink(channel: Duplex, onMessage: (message: ToAgent) => void): SandboxLink {
  const waiting = new Map<number, (answer: Answer) => void>()
  let asked = 0
  readJsonLines(channel, (line) => {
    const message = line as ToAgent
    if (message.type !== 'answer') return onMessage(message)
    waiting.get(message.ask)?.(message.value)
    waiting.delete(message.ask)
  })
  return {
    send: (message) => writeJsonLine(channel, message),
    ask: (question) =>
      new Promise((resolve) => {
        asked += 1
        waiting.set(asked, resolve)
        writeJsonLine(channel, { type: 'ask', ask: asked, question } satisfies FromAgent)
      }),
  }
}
