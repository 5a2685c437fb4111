import { describe, expect, test } from 'vitest'
import { createScreen } from './screen.ts'
import { event, RUN, START } from './recorded.ts'
import { chunk, play, stage, UTF8 } from './stage.ts'

describe('plain', () => {
  test('one line a change, with the time', () => {
    const { renderer, stderr, stdout } = stage({ mode: 'plain' })
    play(renderer)
    expect(stderr.raw()).toMatchInlineSnapshot(`
      "  0.0 s  · cloud: sandbox, region us-east-1, account 000000000000; free: it runs on this machine
        0.0 s  ✔ sandbox started on port 4599 (namespace nodes) in 0.0 s
        0.1 s  · hpc: 4 pending; storage creating
        1.3 s  ✔ launch 4 x hpc7g.16xlarge (1.2 s)
        1.3 s  · hpc: 1 pending, 3 online; storage creating
        1.5 s  ! zone us-east-1a is short; try: wait
        4.0 s  ✔ upload work: 10 MB in 2.0 s
        4.1 s  ✔ create 1200 GiB of storage (4.0 s)
        5.0 s  ✔ hpc: 4 x hpc7g.16xlarge ready with EFA x1 in 5.0 s
        5.0 s  · job heat-1: mpi, 4 nodes, 8 tasks
        5.0 s  · job heat-1: running
        9.0 s  ✖ job heat-1: failed with exit code 7 after 4.0 s: rank 3
        9.5 s  ✔ results: results/heat-1 (3 files)
      "
    `)
    expect(stdout.raw()).toBe('')
  })

  test.each([
    [-1, 1],
    [-2, 0],
    [1, 19],
  ] as const)('verbosity %d', (verbosity, lines) => {
    const { renderer, stderr } = stage({ mode: 'plain', verbosity })
    play(renderer)
    expect(stderr.raw().split('\n').length - 1).toBe(lines)
  })

  test('control characters of data do not reach the terminal', () => {
    const { renderer, stderr } = stage({ mode: 'plain' })
    renderer.onEvent(event(0, 'warning', { message: 'a\u001b[31mb\u009bc\nd\u202e', hint: null }))
    expect(stderr.raw()).toBe('  0.0 s  ! a\\x1b[31mb\\x9bc d\\u202e\n')
  })
})

test('none: warnings only', () => {
  const { renderer, stderr } = stage({ mode: 'none' })
  play(renderer)
  expect(stderr.raw()).toBe('  1.5 s  ! zone us-east-1a is short; try: wait\n')
})

test('jsonl: every event and all output as one JSON object a line on stdout', async () => {
  const { renderer, stdout, stderr } = stage({ mode: 'jsonl', verbosity: -2 })
  play(renderer)
  await renderer.output(chunk('12 %\n'))
  await renderer.output(chunk('\xff\xfe'))
  const lines = stdout
    .raw()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object)
  expect(lines.slice(0, RUN.length)).toEqual(RUN)
  expect(lines.slice(RUN.length)).toEqual([
    { v: 1, at: START, type: 'job.output', data: { source: 'node-0', stream: 'stdout', offset: 0, text: '12 %\n' } },
    { v: 1, at: START, type: 'job.output', data: { source: 'node-0', stream: 'stdout', offset: 0, base64: '//4=' } },
  ])
  expect(stderr.raw()).toBe('')
})

describe('the mode', () => {
  test.each([
    [true, {}, true],
    [true, { CI: '' }, true],
    [true, { CI: '1' }, false],
    [true, { TERM: 'dumb' }, false],
    [true, { MUSTER_NO_PROGRESS: '1' }, false],
    [false, {}, false],
  ])('terminal %s with %j: live %s', (isTTY, env, isLive) => {
    const { renderer, stderr, tick } = stage({ env: { ...UTF8, ...env } }, { stderr: createScreen({ isTTY }) })
    play(renderer, 80)
    tick(100)
    expect(stderr.isCursorHidden()).toBe(isLive)
  })
})

test('a terminal that fails stops nothing', async () => {
  const broken = createScreen()
  broken.write = () => {
    throw new Error('EIO')
  }
  for (const mode of ['tty', 'plain', 'jsonl', 'none'] as const) {
    const { renderer, tick } = stage({ mode }, { shared: broken })
    play(renderer)
    tick(1)
    await renderer.output(chunk('x'))
    renderer.close()
  }
  expect(broken.raw()).toBe('')
})

test('a slow reader is waited for, one that went away is not', async () => {
  for (const end of ['drain', 'error', 'close']) {
    const stdout = createScreen({ isTTY: false })
    stdout.write = () => false
    const { renderer } = stage({ mode: 'plain' }, { stdout })
    let isDone = false
    const written = renderer.output(chunk('x')).then(() => (isDone = true))
    await Promise.resolve()
    expect(isDone).toBe(false)
    stdout.emit(end)
    expect(await written).toBe(true)
  }
})
