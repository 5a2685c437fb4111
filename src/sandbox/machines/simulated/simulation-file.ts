import { readFileSync } from 'node:fs'
import type { Pace } from '../../world.ts'
import type { MachineScript, MachineSpec } from '../machine.ts'
import type { SimulatedAnswer, Simulation } from './simulated-machines.ts'

/** A file that says how simulated nodes behave, and how long things take: `docs/sandbox.md` has its form. */
export interface SimulationFile {
  readonly simulation: Partial<Simulation>
  readonly pace: Partial<Pace>
}

/** One line of the table: the first whose pattern is found in a command's text answers it. */
interface ScriptedAnswer {
  readonly pattern: string
  readonly afterMs?: number
  readonly exitCode?: number
  readonly stdout?: string
  readonly stderr?: string
}

interface Content {
  /** Milliseconds from a node's boot until its agent registers. */
  readonly onlineMs?: number
  readonly answers?: readonly ScriptedAnswer[]
  readonly pace?: Readonly<Record<string, number>>
}

/** Reads the file that MUSTER_SANDBOX_SIMULATION names; nothing is scripted where it names none. Throws where it cannot be read. */
export function simulationFrom(env: NodeJS.ProcessEnv): SimulationFile {
  const path = env['MUSTER_SANDBOX_SIMULATION'] ?? ''
  if (path === '') return { simulation: {}, pace: {} }
  try {
    return simulationOf(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    throw new Error(`MUSTER_SANDBOX_SIMULATION: ${path}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

/** Throws a sentence where the content is not what it should be. */
export function simulationOf(content: unknown): SimulationFile {
  const { onlineMs, answers = [], pace = {} } = checked(content)
  const table = answers.map((one) => ({ ...one, expression: new RegExp(one.pattern) }))
  return {
    pace,
    simulation: {
      ...(onlineMs === undefined ? {} : { onlineMs: () => onlineMs }),
      answer(script: MachineScript, spec: MachineSpec): SimulatedAnswer {
        const found = table.find(({ expression }) => expression.test(script.text))
        const { afterMs = 5, exitCode = 0, stdout = '', stderr = '' } = found ?? {}
        return { afterMs, exitCode, stdout: filled(stdout, spec), stderr: filled(stderr, spec) }
      },
    },
  }
}

/** `{{instanceId}}`, `{{privateIp}}` and `{{hostname}}` stand for the node's own. */
const filled = (text: string, spec: MachineSpec): string =>
  text
    .replaceAll('{{instanceId}}', spec.instanceId)
    .replaceAll('{{privateIp}}', spec.privateIp)
    .replaceAll('{{hostname}}', spec.hostname)

function checked(content: unknown): Content {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw new Error('it is no JSON object')
  const { onlineMs, answers = [], pace = {}, ...rest } = content as Content & Record<string, unknown>
  const [stranger] = Object.keys(rest)
  if (stranger !== undefined) throw new Error(`${stranger} is nothing that it has; it has onlineMs, answers, pace`)
  if (onlineMs !== undefined && !isTime(onlineMs)) throw new Error('onlineMs must be milliseconds from 0')
  if (!Array.isArray(answers) || !answers.every((one) => typeof (one as ScriptedAnswer).pattern === 'string'))
    throw new Error('answers must be a list of objects that have a pattern')
  if (!Object.entries(pace).every(([name, value]) => name.endsWith('Ms') && isTime(value)))
    throw new Error('pace must hold milliseconds under names such as pendingMs')
  return { ...(onlineMs === undefined ? {} : { onlineMs }), answers, pace }
}

const isTime = (value: unknown): boolean => typeof value === 'number' && value >= 0
