import type { Duplex } from 'node:stream'
import { readJsonLines, writeJsonLine } from '../agent/json-lines.ts'
import type { Answer, FromAgent, Question, ToAgent } from '../agent/messages.ts'
import type { MachineEvents, MachineResult, MachineScript, MachineShell, MachineSpec } from './machine.ts'
import { shellLinks } from './shell-links.ts'

/** The sandbox's end of the connection to one node's agent. */
export interface AgentLink {
  readonly run: (script: MachineScript) => Promise<MachineResult>
  readonly cancel: (scriptId: string) => void
  readonly openShell: (id: string, command: string) => Promise<MachineShell>
  /** The machine is being ended on purpose: nothing is told any more. */
  readonly retire: () => void
}

type State = 'booting' | 'online' | 'lost' | 'retired'

/** Speaks with the agent, answers its questions from the spec, and turns what it says into events. */
export function agentLink(channel: Duplex, spec: MachineSpec, events: MachineEvents): AgentLink {
  const running = new Map<string, (result: MachineResult) => void>()
  let state: State = 'booting'
  const send = (message: ToAgent) => writeJsonLine(channel, message)
  const shells = shellLinks(send)

  const reply = (ask: number, value: Answer | null) => {
    if (value !== null) send({ type: 'answer', ask, value })
  }
  const heard = (message: FromAgent) => {
    if (state === 'retired') return
    switch (message.type) {
      case 'hello':
        state = 'online'
        if (spec.userData !== null) send({ type: 'user-data', base64: Buffer.from(spec.userData).toString('base64') })
        return events.online()
      case 'result': {
        const { type: _type, id, ...result } = message
        running.get(id)?.(result)
        running.delete(id)
        return
      }
      case 'ask':
        return reply(message.ask, answer(spec, message.question))
      case 'poweroff':
        return events.poweroff()
      case 'user-data-ended':
        return events.userDataEnded(message.exitCode, message.tail)
      case 'shell-took':
      case 'shell-output':
      case 'shell-ended':
        return shells.heard(message)
    }
  }
  const gone = (next: 'lost' | 'retired') => {
    if (state === 'lost' || state === 'retired') return
    state = next
    for (const finish of running.values()) finish({ ended: 'lost', exitCode: -1, stdout: '', stderr: '' })
    running.clear()
    shells.lost()
    if (next === 'lost') events.lost()
  }

  readJsonLines(channel, (message) => heard(message as FromAgent))
  channel.on('error', () => channel.destroy())
  channel.on('end', () => channel.destroy())
  channel.on('close', () => gone('lost'))
  const offline = () => new Error(`no agent is connected on ${spec.instanceId}: it is ${state}`)
  return {
    run(script) {
      if (state !== 'online') return Promise.reject(offline())
      if (running.has(script.id)) return Promise.reject(new Error(`${script.id} runs already on ${spec.instanceId}`))
      return new Promise((resolve) => {
        running.set(script.id, resolve)
        const { id, text, workingDirectory, env, timeoutMs } = script
        send({ type: 'run', id, text, workingDirectory, env, timeoutMs })
      })
    },
    cancel: (id) => send({ type: 'cancel', id }),
    openShell: (id, command) =>
      state === 'online' ? Promise.resolve(shells.open(id, command)) : Promise.reject(offline()),
    retire() {
      gone('retired')
      channel.destroy()
    },
  }
}

/** A mistake of whoever answers must not look like the end of the node. Null where there is to be no answer. */
function answer(spec: MachineSpec, question: Question): Answer | null {
  try {
    return answerFrom(spec, question)
  } catch (error) {
    process.stderr.write(
      `${spec.instanceId}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    )
    return { kind: 'nothing' }
  }
}

function answerFrom(spec: MachineSpec, question: Question): Answer | null {
  if (question.about === 'mount') {
    const found = spec.mount(question.dnsName, question.mountName)
    if ('hangs' in found) return null
    return 'path' in found ? { kind: 'path', path: found.path } : { kind: 'refusal', refusal: found.refusal }
  }
  if (question.path === 'user-data' && spec.userData !== null) {
    return { kind: 'text', base64: Buffer.from(spec.userData).toString('base64') }
  }
  const text = spec.metadata(question.path)
  return text === undefined ? { kind: 'nothing' } : { kind: 'text', base64: Buffer.from(text).toString('base64') }
}
