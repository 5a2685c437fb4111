import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { processInterrupts } from '../../src/cli/interrupts.ts'

function keyboard() {
  const signals = new EventEmitter()
  const seen: string[] = []
  const interrupts = processInterrupts({
    on: (signal, listener) => void signals.on(signal, listener),
    off: (signal, listener) => void signals.off(signal, listener),
    stopping: () => void seen.push('stopping'),
    leave: (exitCode, cleanUp) => void seen.push(`leave ${exitCode} ${cleanUp}`),
  })
  return { interrupts, seen, press: (signal: NodeJS.Signals) => void signals.emit(signal), signals }
}

test('the first press stops in order, with the exit code of its signal and the clean-up as the hint', () => {
  const { interrupts, seen, press } = keyboard()
  interrupts.setCleanUp('muster down hpc')
  press('SIGINT')
  expect(seen).toEqual(['stopping'])
  expect(interrupts.signal.reason).toMatchObject({
    code: 'Interrupted',
    exitCode: 130,
    suggestions: ['muster down hpc'],
  })
})

test('the second press leaves at once with what cleans up now', () => {
  const { interrupts, seen, press } = keyboard()
  press('SIGINT')
  interrupts.setCleanUp('muster down hpc')
  press('SIGINT')
  expect(seen).toEqual(['stopping', 'leave 130 muster down hpc'])
})

test('SIGTERM counts as a press', () => {
  const { interrupts, seen, press } = keyboard()
  press('SIGTERM')
  expect(interrupts.signal.reason).toMatchObject({ exitCode: 143 })
  press('SIGTERM')
  expect(seen).toEqual(['stopping', 'leave 143 null'])
})

test('a handler takes the first press instead, until it is taken back', () => {
  const { interrupts, seen, press } = keyboard()
  const causes: string[] = []
  const release = interrupts.intercept((cause) => void causes.push(cause))
  press('SIGINT')
  expect([causes, seen, interrupts.signal.aborted]).toEqual([['interrupt'], [], false])
  interrupts.goOn()
  release()
  press('SIGINT')
  expect([causes, seen, interrupts.signal.aborted]).toEqual([['interrupt'], ['stopping'], true])
})

test('while a handler is at work the second press leaves; after `goOn` it is a first one again', () => {
  const { interrupts, seen, press } = keyboard()
  const causes: string[] = []
  interrupts.intercept((cause) => void causes.push(cause))
  press('SIGINT')
  interrupts.goOn()
  press('SIGINT')
  expect([causes.length, seen]).toEqual([2, []])
  press('SIGINT')
  expect(seen).toEqual(['leave 130 null'])
})

test('a hang-up is told to the handler as such, and is never a second press', () => {
  const { interrupts, seen, press } = keyboard()
  const causes: string[] = []
  const release = interrupts.intercept((cause) => void causes.push(cause))
  press('SIGHUP')
  press('SIGHUP')
  expect([causes, seen]).toEqual([['hangup', 'hangup'], []])
  release()
  press('SIGHUP')
  press('SIGHUP')
  expect([seen, interrupts.signal.reason]).toEqual([[], expect.objectContaining({ exitCode: 129 })])
})

test('closed, it leaves the signals to the system', () => {
  const { interrupts, signals } = keyboard()
  interrupts.close()
  expect(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => signals.listenerCount(signal))).toEqual([0, 0, 0])
})

test('what is aborted from within ends with the exit code of what was pressed', () => {
  const { interrupts, press } = keyboard()
  interrupts.intercept(() => interrupts.abort())
  press('SIGTERM')
  expect(interrupts.signal.reason).toMatchObject({ exitCode: 143 })
})
