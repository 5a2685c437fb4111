import type { Hook } from '@oclif/core/hooks'
import { MusterError } from '../core/errors/muster-error.ts'
import { nearest } from '../kit/nearest.ts'

/**
 * oclif's hook for a command that does not exist: names the nearest, never runs it. A known command with a word too many
 * arrives here as well, because oclif takes that word for a part of the command's name.
 */
const commandNotFound: Hook<'command_not_found'> = async ({ id, config, argv }) => {
  const words = id.split(':')
  const known = config.commandIDs.map((command) => command.replaceAll(':', ' '))
  for (let length = words.length - 1; length > 0; length--) {
    const command = words.slice(0, length).join(' ')
    if (known.includes(command)) throw tooMany(command, words.slice(length))
  }
  const typed = [...words, ...(argv ?? []).filter((word) => !word.startsWith('-'))].join(' ')
  const near = [...new Set([...nearest(typed, known), ...nearest(words.join(' '), known)])].slice(0, 3)
  throw new MusterError('UsageInvalid', `no such command: ${words.join(' ')}`, {
    suggestions: [...near.map((command) => `did you mean \`muster ${command}\`?`), 'muster --help'],
    data: { nearest: near },
  })
}

function tooMany(command: string, words: readonly string[]): MusterError {
  return new MusterError('UsageInvalid', `unexpected argument: ${words.join(' ')}`, {
    suggestions: [`muster ${command}`, `muster ${command} --help`],
  })
}

export default commandNotFound
