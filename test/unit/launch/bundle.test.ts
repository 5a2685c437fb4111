import { expect, test } from 'vitest'
import { bundleFiles, launchBundle } from '../../../src/launch/bundle.ts'
import { isMusterError } from '../../../src/core/errors/muster-error.ts'
import { record, SETTINGS } from './record.ts'

const bundle = (...args: Parameters<typeof record>) =>
  bundleFiles(record(...args), SETTINGS)
    .map(({ name, text }) => `=== ${name}\n${text}`)
    .join('')

const words = (...list: string[]) =>
  ({ launcher: 'torchrun', program: { kind: 'argv', words: list }, prepare: null }) as const

test('an MPI job with a program of words', () => {
  expect(bundle()).toMatchSnapshot()
})

test('a shell job with a script, without prepare', () => {
  const script = { kind: 'script', text: 'echo "$A"\n' } as const
  expect(
    bundle({ launcher: 'shell', program: script, prepare: null, env: { A: '1', UID: '5', 'a.b': 'c' } }),
  ).toMatchSnapshot()
})

test('torchrun goes before the words, but for words that have it', () => {
  expect(bundle(words('train.py', '--lr', '1e-3'))).toMatchSnapshot()
  expect(bundle(words('./train'))).toContain('--no-python ./train\n')
  expect(bundle(words('torchrun', '--nnodes', '9', 'x.py'))).toContain('exec torchrun --nnodes 9 x.py\n')
})

test('the same job gives the same bytes', async () => {
  const [first, second] = await Promise.all([launchBundle(record(), SETTINGS), launchBundle(record(), SETTINGS)])
  expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true)
})

test.each([
  ['a NUL byte in a value', { A: 'x\0y' }],
  ['a name with =', { 'A=B': 'x' }],
  ['an empty name', { '': 'x' }],
])('%s is refused', (_, env) => {
  const refusal = () => bundleFiles(record({ env }), SETTINGS)
  expect(refusal).toThrow(/env: /)
  try {
    refusal()
  } catch (error) {
    expect(isMusterError(error, 'JobFileInvalid')).toBe(true)
  }
})
