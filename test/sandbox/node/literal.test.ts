import * as fc from 'fast-check'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JobSpec } from '../../../src/core/job/spec.ts'
import { bundleFiles } from '../../../src/launch/bundle.ts'
import { SPEC } from './test-node.ts'

/** What the program is really given, by a real shell: words, variables and scripts pass literally. */

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-literal-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const settings = { archiveKey: null, mountPoint: null, logIntervalMs: 250, efa: false }
const printing = 'process.stdout.write(JSON.stringify([process.argv.slice(1), process.env]))'

function run(spec: Partial<JobSpec>, shell: readonly string[]): Buffer {
  const hosts = [{ id: 'i-0', name: 'node-0', ip: '127.0.0.1', slots: 1 }]
  const record = { version: 1, id: 'x', spec: { ...SPEC, ...spec }, fleet: 'f', hosts, submittedAt: 0 } as const
  for (const { name, text } of bundleFiles(record, settings)) writeFileSync(join(folder, name), text)
  const [program = 'sh', ...words] = shell
  const text = `bundle=${folder}; . ${folder}/environment.sh; exec ${['"$0"', ...words, `${folder}/program.sh`].join(' ')}`
  return execFileSync(program, [...words, '-c', text, program], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1e8,
  })
}

const text = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom(
        '$',
        '`',
        "'",
        '"',
        '\\',
        '\n',
        ' ',
        '(',
        ')',
        '*',
        ';',
        '&',
        '#',
        '=',
        'é',
        '😀',
        '\t',
        '\r',
      ),
    }),
  )
  .filter((value) => !value.includes('\0'))
const name = fc
  .stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/)
  // What would change how the interpreters themselves run is no business of the quoting.
  .filter((value) => !/^(PATH|LD_|NODE|MUSTER|LC_|LANG|POSIX|BASH_ENV|SHELLOPTS|_$)/.test(value))

test.each([[['dash']], [['bash', '--posix']]])('words and variables, with %j', (shell) => {
  const env = fc.dictionary(fc.oneof(name, fc.constantFrom('UID', 'IFS', 'PS4', 'RANDOM', 'OPTIND', 'HOME')), text, {
    noNullPrototype: true,
  })
  fc.assert(
    fc.property(fc.array(text), env, (words, variables) => {
      const program = { kind: 'argv', words: [process.execPath, '-e', printing, '--', ...words] } as const
      const [seenWords, seenEnv] = JSON.parse(run({ program, env: variables }, shell).toString()) as [
        string[],
        Record<string, string>,
      ]
      expect(seenWords).toEqual(words)
      expect(seenEnv).toMatchObject(variables)
    }),
    { numRuns: 25 },
  )
})

test('a script is run as it was written, byte for byte, and stops at its first failure', () => {
  const script = `x='it'"'"'s'\nprintf '%s\\n' "$x" "$0" \\\n  'ünï $HOME'\nfalse\necho never\n`
  const seen = (() => {
    try {
      return run({ program: { kind: 'script', text: script } }, ['dash'])
    } catch (error) {
      return (error as { stdout: Buffer }).stdout
    }
  })()
  expect(seen.toString()).toBe(`it's\n${folder}/program.script\nünï $HOME\n`)
})
