import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EC2Client, DescribeInstancesCommand } from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { accessOf } from '../rehearsal/cloud.ts'
import { rehearse, succeeded, type Rehearsal } from '../rehearsal/rehearse.ts'

const FLEETS = `
fleets:
  night:
    type: hpc7g.16xlarge
    nodes: {min: 0, max: 2}
    idle: 30s
    storage: none
    limits: {perJob: 5}
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

const json = async (...words: readonly string[]) =>
  JSON.parse(succeeded(await rehearsal.run(...words, '--json')).stdout)

/** What EC2 itself says of the instances' lives, in hours: from the launch to the call that ended them, a minute at least. */
async function livedHours(): Promise<number> {
  const ec2 = new EC2Client(await accessOf(rehearsal))
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}))
  const lives = Reservations.flatMap(({ Instances = [] }) => Instances).map(
    ({ LaunchTime, StateTransitionReason = '' }) => {
      const [time = ''] = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.exec(StateTransitionReason) ?? []
      return Math.max(60_000, Date.parse(`${time.replace(' ', 'T')}Z`) - LaunchTime!.getTime())
    },
  )
  ec2.destroy()
  expect(lives.length).toBeGreaterThan(0)
  return lives.reduce((sum, ms) => sum + ms, 0) / 3_600_000
}

it('what a night cost adds up to what its instances lived, after they are gone', async () => {
  const words = ['submit', '--parsable', '--launcher', 'shell', '--nodes', '1', '--time-limit', '1m']
  const submit = async (...more: readonly string[]) => succeeded(await rehearsal.run(...words, ...more)).stdout.trim()
  const array = await submit('--array', '0-3', '--', 'sleep', '1')
  const failing = await submit('--retries', '1', '--', 'sh', '-c', 'sleep 1; exit 3')
  succeeded(await rehearsal.run('work', '--until-drained'))
  const { fleets, jobs, paid } = await json('cost')
  const [night] = fleets
  const hours = await livedHours()
  // EC2 tells the end to the second.
  const rounding = (night.nodes * 1.001) / 3600
  expect(Math.abs(night.paid.hours - hours)).toBeLessThan(rounding)
  expect(Math.abs(paid.usd.total - hours * 1.6832)).toBeLessThan(rounding * 1.6832)
  const { used, boot, idle, failed, storage } = night
  const parts = [used, boot, idle, failed, storage].reduce((sum, part) => sum + part.usd.total, 0)
  expect(parts).toBeCloseTo(paid.usd.total, 9)
  expect([used.hours, boot.hours, failed.hours].every((part) => part > 0)).toBe(true)
  const of = Object.fromEntries(jobs.map((job: { job: string }) => [job.job, job]))
  expect(of[array]).toMatchObject({ failed: { hours: 0 } })
  expect(of[failing].used.hours).toBe(0)
  expect(of[failing].failed.usd.total).toBeCloseTo(failed.usd.total, 9)
  const listed = (await json('jobs')).jobs.find((job: { id: string }) => job.id === array)
  expect(listed.cost).toEqual(of[array].paid)
})

it('a job that could never be run within the limits is refused, with the key to edit', async () => {
  const refused = await rehearsal.run('submit', '--test-only', '--nodes', '2', '--time-limit', '2h', '--', 'true')
  expect(refused.exitCode).toBe(5)
  expect(refused.stderr).toContain('limits.perJob of fleet night is $5.00')
  expect(refused.stderr).toContain('raise perJob in fleets.night.limits of muster.yaml')
})
