import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { toMusterError } from '../../src/cli/errors/convert.ts'
import { errorDocument, errorText } from '../../src/cli/errors/present.ts'
import { MusterError } from '../../src/core/errors/muster-error.ts'
import { createTheme } from '../../src/ui/theme.ts'

const home = mkdtempSync(join(tmpdir(), 'muster-errors-'))
const env = { MUSTER_HOME: home }
const theme = createTheme({ isTTY: false }, {})
afterAll(() => rmSync(home, { recursive: true, force: true }))

test('words: what failed, its cause, the request, a blank line, what to type', () => {
  const error = new MusterError('CapacityShortage', 'no room for 4 x hpc7g.16xlarge', {
    cause: new Error('outer', { cause: new Error('InsufficientInstanceCapacity') }),
    suggestions: ['try again', 'muster status'],
    data: { requestId: 'r-1' },
  })
  expect(errorText(error, { verbose: false, theme })).toBe(
    [
      'error: no room for 4 x hpc7g.16xlarge',
      '  cause: outer',
      '  cause: InsufficientInstanceCapacity',
      '  request id: r-1',
      '',
      'hint: try again',
      'hint: muster status',
      '',
    ].join('\n'),
  )
})

test('a cause that only repeats the message is not shown', () => {
  const error = new MusterError('Throttled', 'slow down: Rate exceeded', { cause: new Error('Rate exceeded') })
  expect(errorText(error, { verbose: false, theme })).not.toContain('cause:')
})

test('a stack is shown only with --verbose', () => {
  const error = new MusterError('JobFailed', 'no')
  expect(errorText(error, { verbose: false, theme })).not.toMatch(/\n\s+at /)
  expect(errorText(error, { verbose: true, theme })).toMatch(/\n\s+at /)
})

test('the document has what the words have, causes as text, and the exit code', () => {
  const error = new MusterError('JobFailed', 'no', { cause: new Error('why'), data: { node: 'i-1' } })
  expect(JSON.parse(errorDocument(error, 125))).toEqual({
    error: {
      code: 'JobFailed',
      message: 'no',
      exitCode: 125,
      suggestions: ['muster logs JOB'],
      causes: ['why'],
      data: { node: 'i-1' },
    },
  })
})

test('nothing in it commands the terminal or forges a line of ours: names are anybody’s', () => {
  const evil = 'there is no job \u001b[2J\u009b31m\r\u202e'
  const error = new MusterError('JobUnknown', evil, {
    cause: new Error('\u0007'),
    suggestions: ['rm \u001b]0;x\u0007'],
  })
  for (const verbose of [false, true]) {
    // eslint-disable-next-line no-control-regex
    expect(errorText(error, { verbose, theme })).not.toMatch(/[\0-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  }
  const document = errorDocument(error, 2)
  // eslint-disable-next-line no-control-regex
  expect(document).not.toMatch(/[\0-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  expect(JSON.parse(document).error.message).toBe(evil)
})

test('secrets are taken out of both', () => {
  const error = new MusterError('CloudRefused', 'secretAccessKey=abc123 is wrong', {
    data: { url: 'x?X-Amz-Signature=f00' },
  })
  expect(errorText(error, { verbose: true, theme }) + errorDocument(error, 1)).not.toMatch(/abc123|f00/)
})

test('what nobody foresaw is a Bug with one line, and its stack is in a log that names no value of the environment', () => {
  const error = toMusterError(new TypeError('x is not a function\nsecond line'), env)
  expect(error).toMatchObject({ code: 'Bug', exitCode: 70, message: 'unexpected failure: x is not a function' })
  const [file] = readdirSync(join(home, 'logs'))
  expect(error.suggestions[0]).toBe(`cat ${join(home, 'logs', file ?? '')}`)
  expect(readFileSync(join(home, 'logs', file ?? ''), 'utf8')).toMatch(/TypeError: x is not a function[\s\S]*\n\s+at /)
})

test('a log that cannot be written does not hide the failure', () => {
  const error = toMusterError(new Error('first'), { MUSTER_HOME: join(import.meta.filename, 'no folder') })
  expect(error).toMatchObject({ code: 'Bug', message: 'unexpected failure: first', data: {} })
})

test('a full disk is no bug', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  expect(toMusterError(full, env)).toMatchObject({ code: 'DiskFull', exitCode: 1 })
})

test("the sandbox's own error names its log", () => {
  const thrown = Object.assign(new Error('the sandbox did not start: it ended\nline of its log'), {
    name: 'SandboxError',
    log: '/home/x/.muster/sandbox/sandbox.log',
  })
  expect(toMusterError(thrown, env)).toMatchObject({
    code: 'SandboxFailed',
    message: 'the sandbox did not start: it ended',
    suggestions: ['tail /home/x/.muster/sandbox/sandbox.log', 'muster sandbox stop'],
    data: { tail: ['line of its log'] },
  })
})

test.for(['text', undefined, null, 7])('%s can be thrown too', (thrown) => {
  expect(toMusterError(thrown, env)).toMatchObject({ code: 'Bug', message: `unexpected failure: ${thrown}` })
})
