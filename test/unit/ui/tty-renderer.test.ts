import { describe, expect, test } from 'vitest'
import { createScreen } from './screen.ts'
import { event, RUN, START } from './recorded.ts'
import { chunk, play, stage } from './stage.ts'

describe('tty', () => {
  test('the frame while the fleet comes up', () => {
    const { renderer, stderr, tick } = stage({ mode: 'tty' })
    play(renderer, 3000)
    tick(3100)
    expect(stderr.text()).toMatchInlineSnapshot(`
      "· cloud: sandbox, region us-east-1, account 000000000000; free: it runs on this
      machine
      ✔ sandbox started on port 4599 (namespace nodes) in 0.0 s
      ✔ launch 4 x hpc7g.16xlarge (1.2 s)
      ! zone us-east-1a is short; try: wait
      hpc  1 pending, 3 online, storage creating                                3.0 s
        create 1200 GiB of storage                                              3.0 s
      upload work  ███████░░░░░░░░░░░░  40 %  4.0 MB of 10 MB  4.0 MB/s"
    `)
    expect(stderr.isCursorHidden()).toBe(true)
  })

  test('the frame while the job runs', () => {
    const { renderer, stderr, tick } = stage({ mode: 'tty' })
    play(renderer, 6000)
    tick(6500)
    expect(stderr.text().split('\n').at(-1)).toMatchInlineSnapshot(
      `"heat-1  running  ████████░░░░░░░░░░░  45 %                                1.5 s"`,
    )
  })

  test('in the end only what is finished is left, and the cursor is back', () => {
    const { renderer, stderr, tick } = stage({ mode: 'tty' })
    for (const one of RUN) {
      renderer.onEvent(one)
      tick(one.at - START)
    }
    renderer.close()
    renderer.close()
    expect(stderr.text()).toMatchInlineSnapshot(`
      "· cloud: sandbox, region us-east-1, account 000000000000; free: it runs on this
      machine
      ✔ sandbox started on port 4599 (namespace nodes) in 0.0 s
      ✔ launch 4 x hpc7g.16xlarge (1.2 s)
      ! zone us-east-1a is short; try: wait
      ✔ upload work: 10 MB in 2.0 s
      ✔ create 1200 GiB of storage (4.0 s)
      ✔ hpc: 4 x hpc7g.16xlarge ready with EFA x1 in 5.0 s
      · job heat-1: mpi, 4 nodes, 8 tasks
      ✖ job heat-1: failed with exit code 7 after 4.0 s: rank 3
      ✔ results: results/heat-1 (3 files)"
    `)
    expect(stderr.isCursorHidden()).toBe(false)
  })

  test('job output and the frame on one terminal do not tangle', async () => {
    const shared = createScreen()
    const { renderer, tick } = stage({ mode: 'tty' }, { shared })
    play(renderer, 6000)
    tick(6000)
    await renderer.output(chunk('line 1\n10 %\nopen'))
    tick(6100)
    expect(shared.text()).toMatch(/\nline 1\n10 %\nopen$/)
    await renderer.output(chunk(' closed\n'))
    tick(6200)
    const lines = shared.text().split('\n')
    expect(lines.slice(-5, -1)).toEqual(['line 1', '10 %', 'open closed', '! zone us-east-1a is short; try: wait'])
    expect(lines.at(-1)).toMatch(/^heat-1 {2}running .* 10 % .* 1\.2 s$/)
  })

  test('a line of our own starts on a line of its own', async () => {
    const shared = createScreen()
    const { renderer, tick } = stage({ mode: 'tty' }, { shared })
    await renderer.output(chunk('open'))
    renderer.onEvent(event(10, 'warning', { message: 'careful', hint: null }))
    tick(100)
    expect(shared.text()).toBe('open\n! careful')
  })

  test('output that goes elsewhere leaves the frame alone', async () => {
    const { renderer, stderr, stdout, tick } = stage({ mode: 'tty' })
    play(renderer, 6000)
    tick(6000)
    const before = stderr.raw()
    await renderer.output(chunk('\u001b[2J\xff'))
    expect(stderr.raw()).toBe(before)
    expect(stdout.raw()).toBe('\u001b[2J\xff')
  })

  test.each([100, 60, 33, 12, 3])('never wider than %d columns, nor higher than the terminal', (columns) => {
    const stderr = createScreen({ columns, rows: 6 })
    const { renderer, tick } = stage({ mode: 'tty' }, { stderr })
    for (let n = 0; n < 20; n += 1)
      renderer.onEvent(event(n, 'action.started', { fleet: 'f', id: `a${n}`, kind: 'k', what: `some 長い work ${n}` }))
    play(renderer, 3000)
    const before = stderr.text()
    tick(3100)
    tick(3200)
    const frame = stderr.text().slice(before.length).split('\n').slice(-4)
    expect(frame).toHaveLength(4)
    for (const line of frame) expect(line.length).toBeLessThan(columns)
  })

  test('a terminal that has become narrower wrapped the frame: all of its rows are taken away', () => {
    const stderr = createScreen({ columns: 80 })
    const { renderer, tick } = stage({ mode: 'tty' }, { stderr })
    renderer.onEvent(event(0, 'action.started', { fleet: 'f', id: 'a', kind: 'k', what: 'work' }))
    tick(1000)
    stderr.columns = 30
    stderr.emit('resize')
    expect(stderr.raw()).toContain('\u001b[3A\r\u001b[J')
    expect(stderr.raw()).toMatch(/J {2}work {18}1\.0 s\n$/)
  })

  test('a question stands where the frame was, and the frame comes back as it then is', () => {
    const { renderer, stderr, tick } = stage({ mode: 'tty' })
    play(renderer, 5020)
    tick(5100)
    const resume = renderer.pause()
    expect(stderr.isCursorHidden()).toBe(false)
    stderr.write('Sure? y\n')
    renderer.onEvent(event(6000, 'job.progress', { job: 'heat-1', percent: 45 }))
    tick(6000)
    expect(stderr.text()).toMatch(/8 tasks\nSure\? y$/)
    resume()
    tick(6100)
    expect(stderr.text()).toMatch(/Sure\? y\nheat-1 {2}running .* 45 % /)
  })

  test('debug and quiet do without the frame', () => {
    const { renderer, stderr } = stage({ mode: 'tty', verbosity: 1 })
    play(renderer)
    // eslint-disable-next-line no-control-regex
    expect(stderr.raw()).not.toMatch(/\u001b\[\d*[AJ]/)
  })
})
