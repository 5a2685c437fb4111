import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { terminalPrompter } from '../../src/cli/prompter.ts'

const CHOICES = [
  { value: 'cancel', label: 'cancel it' },
  { value: 'detach', label: 'leave it running' },
] as const

function terminal(isTTY: boolean) {
  const stdin = Object.assign(new PassThrough(), { isTTY })
  const stderr = Object.assign(new PassThrough(), { isTTY })
  const frame: string[] = []
  const pause = () => {
    frame.push('away')
    return () => void frame.push('back')
  }
  return {
    stdin,
    stderr,
    frame,
    ask: () => terminalPrompter({ stdin, stderr }, pause).choose('what?', CHOICES, 'cancel'),
  }
}

test.for([
  ['2\n', 'detach'],
  ['detach\n', 'detach'],
  ['x\n\n1\n', 'cancel'],
] as const)('%j chooses %s', async ([typed, value]) => {
  const { stdin, stderr, frame, ask } = terminal(true)
  stdin.write(typed)
  expect(await ask()).toBe(value)
  expect(String(stderr.read())).toMatch(/^what\?\n {2}1\. cancel it\n {2}2\. leave it running\n1-2: /)
  expect(frame).toEqual(['away', 'back'])
})

test('the end of input is the unattended answer', async () => {
  const { stdin, ask } = terminal(true)
  stdin.end()
  expect(await ask()).toBe('cancel')
})

test('a question that is withdrawn is answered at once, and gives the terminal back', async () => {
  const { stdin, stderr, frame } = terminal(true)
  const withdrawn = new AbortController()
  const pause = () => () => void frame.push('back')
  const asked = terminalPrompter({ stdin, stderr }, pause).choose('what?', CHOICES, 'cancel', withdrawn.signal)
  withdrawn.abort()
  expect(await asked).toBe('cancel')
  expect([frame, String(stderr.read()).at(-1)]).toEqual([['back'], '\n'])
})

test('without a terminal nothing is asked', async () => {
  const { stderr, frame, ask } = terminal(false)
  expect([await ask(), stderr.read(), frame]).toEqual(['cancel', null, []])
})
