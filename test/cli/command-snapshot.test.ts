import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commands } from './fixtures/manifest.ts'

/** A flag or command that changes breaks scripts of users: `npm run test:update-commands` after meaning it. */
test('commands, arguments and flags are those of command-snapshot.txt', async () => {
  const lines = commands().flatMap(({ id, aliases, args, flags }) => [
    ['muster', id.replaceAll(':', ' '), ...Object.keys(args).map((name) => `[${name}]`), ...aliases].join(' '),
    ...Object.entries(flags)
      .map(
        ([name, { char, options }]) => `  --${name}${char ? ` -${char}` : ''}${options ? ` ${options.join('|')}` : ''}`,
      )
      .toSorted(),
  ])
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(import.meta.dirname, 'command-snapshot.txt'))
})
