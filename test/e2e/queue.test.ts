import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { rehearse, succeeded, type Rehearsal } from '../rehearsal/rehearse.ts'

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
