/**
 * Behind the node's `shutdown`, `poweroff`, `halt`, `reboot` and `mount.lustre`: hands its words to the agent, prints what
 * the agent answers and exits as it says. Usage: ask.ts SOCKET PROGRAM WORD...
 */
import { createConnection } from 'node:net'
import { readJsonLines, writeJsonLine } from './json-lines.ts'
import type { Reply } from './requests.ts'

const [socket = '', program = '', ...words] = process.argv.slice(2)
const agent = createConnection(socket)
let answered = false
agent.on('connect', () => writeJsonLine(agent, { program, words }))
agent.on('error', () => {
  process.stderr.write(`${program}: must be superuser, and the node's agent must run\n`)
  process.exitCode = 1
})
readJsonLines(agent, (message) => {
  const reply = message as Reply
  answered = true
  process.stdout.write(reply.stdout)
  process.stderr.write(reply.stderr)
  process.exitCode = reply.exitCode
})
agent.on('close', () => {
  if (!answered) process.exitCode ||= 1
})
