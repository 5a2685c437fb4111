import { describe, expect, it } from 'vitest'
import { MusterError } from '../../../src/core/errors/muster-error.ts'
import { fakeOutputSink } from '../../fakes/output-sink.ts'
import { fakePrompter } from '../../fakes/prompter.ts'
import { fakeServices } from '../../fakes/services.ts'

describe('fake services', () => {
  it('fail and interrupt on demand, once', async () => {
    const services = fakeServices()
    services.identity.failNext('whoAmI', new MusterError('CredentialsMissing', 'none'))
    await expect(services.identity.whoAmI()).rejects.toMatchObject({ code: 'CredentialsMissing' })
    services.identity.beforeNext('whoAmI', () => services.interrupts.press())
    expect(await services.identity.whoAmI()).toMatchObject({ region: 'us-east-1' })
    expect(services.interrupts.signal.aborted).toBe(true)
    expect(services.identity.called('whoAmI')).toBe(2)
  })

  it('let a handler have the first press', () => {
    const { interrupts } = fakeServices()
    const seen: string[] = []
    const release = interrupts.intercept((cause) => seen.push(cause))
    interrupts.press('hangup')
    expect([seen, interrupts.signal.aborted]).toEqual([['hangup'], false])
    release()
    interrupts.press()
    expect(interrupts.signal.aborted).toBe(true)
  })

  it('record events and journal lines', () => {
    const { events, journal } = fakeServices()
    events.emit('job.phase', { job: 'j', phase: 'running', sinceMs: 1 })
    expect([events.types(), events.of('job.phase')[0]?.phase]).toEqual([['job.phase'], 'running'])
    journal.intend({ fleet: 'f', action: 'a', kind: 'k', at: 1 })
    journal.intend({ fleet: 'f', action: 'b', kind: 'k', at: 1 })
    journal.settled({ fleet: 'f', action: 'a', outcome: 'done', at: 2 })
    expect(journal.open()).toEqual(['b'])
  })

  it('refuse output that skips or repeats a byte', async () => {
    const sink = fakeOutputSink()
    await sink.write(chunk('ab', 0))
    await sink.write(chunk('c', 2))
    expect(sink.text()).toBe('abc')
    await expect(sink.write(chunk('x', 2))).rejects.toThrow('expected byte 3')
  })

  it('answer questions as scripted, and none beyond', async () => {
    const choices = [{ value: 'yes', label: 'y' } as const, { value: 'no', label: 'n' } as const]
    expect(await fakePrompter().choose('sure?', choices, 'no')).toBe('no')
    const prompter = fakePrompter(['yes'])
    expect(await prompter.choose('sure?', choices, 'no')).toBe('yes')
    await expect(prompter.choose('really?', choices, 'no')).rejects.toThrow('unexpected question')
  })

  it('run scripts with the handler, and only on nodes that are online', async () => {
    const { remote, compute } = fakeServices()
    remote.answer((_node, script) => ({ exitCode: script.text === 'false' ? 1 : 0, stdout: 'out' }))
    const [result] = await remote.run(['i-unknown'], { comment: 'c', text: 'true', timeoutS: 1 })
    expect(result).toMatchObject({ outcome: 'undelivered', exitCode: -1 })
    expect([remote.ran, compute.calls]).toEqual([[], []])
  })
})

function chunk(text: string, offset: number) {
  return { source: 'node-0', stream: 'stdout', bytes: Buffer.from(text), offset, sentAt: 0 } as const
}
