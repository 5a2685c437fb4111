import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { rehearse, succeeded, type Rehearsal } from '../rehearsal/rehearse.ts'
import { until } from '../rehearsal/until.ts'

const FLEETS = `
fleets:
  night:
    type: hpc7g.16xlarge
    nodes: {min: 0, max: 4}
    idle: 30s
    storage: {capacity: 1200, onTeardown: delete}
`

let rehearsal: Rehearsal
beforeAll(async () => {
  rehearsal = rehearse()
  succeeded(await rehearsal.run('sandbox', 'start'))
  await writeFile(join(rehearsal.folder, 'muster.yaml'), FLEETS)
})
afterAll(async () => {
  expect(await rehearsal.close()).toEqual([])
})

const submit = async (...words: readonly string[]) =>
  succeeded(await rehearsal.run('submit', '--parsable', '--launcher', 'shell', '--nodes', '1', ...words)).stdout.trim()

const jobs = async () =>
  JSON.parse(succeeded(await rehearsal.run('jobs', '--all', '--json')).stdout).jobs as {
    readonly id: string
    readonly tasks: Readonly<Record<string, number>>
  }[]

it('runs MPI jobs side by side in one cohort: any of its nodes can be the first of a job', async () => {
  const job = succeeded(
    await rehearsal.run(
      'submit',
      '--parsable',
      '--nodes',
      '2',
      '--array',
      '0-1',
      '--',
      'sh',
      '-c',
      'hostname; sleep 2',
    ),
  ).stdout.trim()
  succeeded(await rehearsal.run('work', '--until-drained'))
  expect((await jobs()).find(({ id }) => id === job)?.tasks).toEqual({ done: 2 })
})

/** A mark that can be left once: a second run of the same task fails at it. */
const MARK = 'mkdir "$MUSTER_CHECKPOINT_DIR/mark" && sleep 1'

it('a batch is done though the controller is killed again and again: every task once, nothing left', async () => {
  const array = await submit('--array', '0-5', '--', 'sh', '-c', MARK)
  const count = await submit('--after', array, '--', 'sh', '-c', `ls -d /fsx/jobs/${array}/checkpoint/*/mark | wc -l`)
  const failing = await submit('--retries', '1', '--', 'sh', '-c', 'exit 7')
  const never = await submit('--after', failing, '--', 'true')
  const hangs = await submit('--time-limit', '3s', '--', 'sleep', '600')
  for (let kill = 0; kill < 4; kill += 1) {
    const controller = rehearsal.start('work', '--until-drained')
    await until('it leads', async () => /working the queue|queue was worked/.test(controller.stderr()))
    const ended = Date.now() + 1500 + 900 * kill
    await until('it has worked for a while', async () => Date.now() > ended)
    controller.process.kill('SIGKILL')
    await controller.ended
  }
  succeeded(await rehearsal.run('work', '--until-drained'))
  const states = Object.fromEntries((await jobs()).map(({ id, tasks }) => [id, tasks]))
  expect(states).toMatchObject({
    [array]: { done: 6 },
    [count]: { done: 1 },
    [failing]: { failed: 1 },
    [never]: { cancelled: 1 },
    [hangs]: { 'time-limit': 1 },
  })
  expect(succeeded(await rehearsal.run('logs', count)).stdout.trim()).toBe('6')
  expect(JSON.parse(succeeded(await rehearsal.run('status', '--json')).stdout).fleets).toEqual([])
})
