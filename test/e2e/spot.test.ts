import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { example, rehearse, succeeded, type Rehearsal } from '../rehearsal/rehearse.ts'
import { until } from '../rehearsal/until.ts'

const FLEETS = `
fleets:
  cheap:
    type: c7gn.16xlarge
    nodes: {min: 0, max: 3}
    capacity: spot
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

interface Attempt {
  readonly outcome: string
  readonly cause: string | null
  readonly exitCode: number | null
  readonly nodes: readonly { readonly id: string }[]
}

/** Has Spot take the node of the example job once it has logged `step`, and resolves when the queue has drained. */
async function interrupted(step: number, noticeMs: number) {
  const words = ['--parsable', example('resume.yaml'), '--', 'sh', './resume.sh', '30', '0.5']
  const id = succeeded(await rehearsal.run('submit', ...words)).stdout.trim()
  const controller = rehearsal.start('work', '--until-drained')
  const hasLogged = async () => (await rehearsal.run('logs', id)).stdout.includes(`step ${step} of`)
  await until(`it has done step ${step}`, hasLogged, 90_000)
  const fault = ['spot-interruption', 'instanceType=*', 'count=1', `noticeMs=${noticeMs}`]
  succeeded(await rehearsal.run('sandbox', 'fault', 'add', ...fault))
  const { stderr } = succeeded(await controller.ended)
  const { shown } = JSON.parse(succeeded(await rehearsal.run('job', id, '--json')).stdout) as {
    readonly shown: readonly [{ readonly view: { readonly state: string; readonly attempts: readonly Attempt[] } }]
  }
  succeeded(await rehearsal.run('results', id))
  const steps = readFileSync(join(rehearsal.folder, 'results', `${id}.a2`, 'steps.txt'), 'utf8')
  const log = succeeded(await rehearsal.run('logs', id)).stdout
  expect(JSON.parse(succeeded(await rehearsal.run('status', '--json')).stdout).fleets).toEqual([])
  return { id, stderr, log, view: shown[0].view, steps: steps.trim().split('\n') }
}

it('a job that is told of the end of its node saves, and goes on elsewhere with the very next step', async () => {
  const { id, stderr, log, view, steps } = await interrupted(3, 20_000)
  expect(view.state).toBe('done')
  expect(view.attempts).toMatchObject([
    { outcome: 'failed', cause: 'spot', exitCode: 75 },
    { outcome: 'done', cause: null },
  ])
  const [first, second] = view.attempts
  expect(second!.nodes[0]!.id).not.toBe(first!.nodes[0]!.id)
  expect(stderr).toContain(`job ${id}: ${first!.nodes[0]!.id} is a Spot node and will be reclaimed`)
  expect(stderr).toContain(`requeued: Spot took ${first!.nodes[0]!.id}`)
  // Every step was done once, in order, the first ones by the first attempt.
  expect(steps.map((line) => line.replace(/^attempt \d /, ''))).toEqual(
    Array.from({ length: 30 }, (_, nth) => `step ${nth + 1} of 30`),
  )
  const saved = steps.filter((line) => line.startsWith('attempt 1')).length
  expect(saved).toBeGreaterThanOrEqual(3)
  expect(log).toMatch(new RegExp(`^attempt 2 resumes after step ${saved}\n`))
  expect(log).toContain('the sum of 30 squares is 9455, as it should be')
  expect(succeeded(await rehearsal.run('logs', `${id}.a1`)).stdout).toMatch(
    new RegExp(`^attempt 1 begins\n[^]*saved after step ${saved}: {"cause":"spot","node":"node-0"`),
  )
})

it('a job whose node is taken without a word goes on from what it saved last', async () => {
  const { log, view, steps } = await interrupted(12, 0)
  expect(view.attempts).toMatchObject([
    { outcome: 'lost', cause: 'spot' },
    { outcome: 'done', cause: null },
  ])
  expect(log).toMatch(/^attempt 2 resumes after step [12]0\n/)
  expect(log).toContain('the sum of 30 squares is 9455, as it should be')
  expect(new Set(steps.map((line) => line.replace(/^attempt \d /, ''))).size).toBe(30)
})
