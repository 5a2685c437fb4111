import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { rehearse, succeeded, type Rehearsal } from '../rehearsal/rehearse.ts'
import { until } from '../rehearsal/until.ts'

/** An account without any network, as a user makes it ready, works in it and leaves it. One story: each test goes on where the one before ended. */
let rehearsal: Rehearsal
const before = process.env['MUSTER_SANDBOX_DEFAULT_VPC']
beforeAll(() => {
  process.env['MUSTER_SANDBOX_DEFAULT_VPC'] = 'none'
  rehearsal = rehearse()
  writeFileSync(join(rehearsal.folder, 'muster.yaml'), 'fleets:\n  hpc: { nodes: 2, storage: none }\n')
})
afterAll(async () => {
  if (before === undefined) delete process.env['MUSTER_SANDBOX_DEFAULT_VPC']
  else process.env['MUSTER_SANDBOX_DEFAULT_VPC'] = before
  expect(await rehearsal.close()).toEqual([])
})

const setup = async (...words: string[]) => rehearsal.run('setup', ...words)
const setupJson = async (...words: string[]) => JSON.parse(succeeded(await setup('--json', ...words)).stdout)
const parts = async () => (await setupJson('--remove', '--dry-run')).actions as { kind: string; what: string }[]
const counted = async (word: string) => (await parts()).filter(({ what }) => what.startsWith(`- ${word} `)).length

it('an account without a network has no fleet, and the doctor names the command', async () => {
  const up = await rehearsal.run('up')
  expect(up).toMatchObject({ exitCode: 2 })
  expect(up.stderr).toContain('hint: muster setup')
  const doctor = await rehearsal.run('doctor', '--json')
  expect(doctor.exitCode).toBe(1)
  expect(JSON.parse(doctor.stdout).findings).toContainEqual(
    expect.objectContaining({ check: 'network', state: 'fail', fix: 'muster setup' }),
  )
})

it('setup shows what it would make and its price, and makes nothing without a yes', async () => {
  const plan = succeeded(await setup('--dry-run'))
  expect(plan.stdout).toMatch(/\+ NAT gateway +\$0\.045\/h/)
  const refused = await setup()
  expect(refused).toMatchObject({ exitCode: 2 })
  expect(refused.stderr).toContain('hint: muster setup --yes')
  expect(await parts()).toEqual([])
})

// Each word begins another part of it.
it.each(['VPC', 'private subnet', 'NAT gateway'])(
  'setup that is killed at "+ %s" is finished by the same command, with nothing made twice',
  async (word) => {
    const first = rehearsal.start('setup', '--yes', '--progress', 'jsonl')
    await until(`+ ${word} has begun`, async () =>
      first
        .stdout()
        .split('\n')
        .some((line) => line.includes('"action.started"') && line.includes(`+ ${word}`)),
    )
    first.process.kill('SIGKILL')
    await first.ended
    await setupJson('--yes')
    expect(await setupJson('--yes')).toMatchObject({ converged: true, actions: [] })
    expect([await counted('VPC'), await counted('NAT gateway'), await counted('public address')]).toEqual([1, 1, 1])
    succeeded(await setup('--remove', '--yes'))
    expect(await parts()).toEqual([])
  },
)

it('ctrl-C stops it in order, says how to clean up, and leaves what the next setup finishes', async () => {
  const first = rehearsal.start('setup', '--yes', '--progress', 'jsonl')
  await until('a subnet is begun', async () => first.stdout().includes('+ private subnet'))
  await until('an action has begun', async () => first.stdout().includes('"action.started"'))
  first.process.kill('SIGINT')
  const ended = await first.ended
  expect(ended.exitCode).toBe(130)
  expect(ended.stderr).toContain('muster setup --remove')
  await setupJson('--yes')
})

it('a fleet lives in the network that was made, and keeps it from being taken away', async () => {
  const up = JSON.parse(succeeded(await rehearsal.run('up', '--json')).stdout)
  for (const node of up.nodes) expect(node.ip).toMatch(/^10\.64\./)
  const ran = succeeded(await rehearsal.run('run', '--keep', '--', 'hostname'))
  expect(ran.stdout).toMatch(/ip-10-64-/)
  const refused = await setup('--remove', '--yes')
  expect(refused).toMatchObject({ exitCode: 1 })
  expect(refused.stderr).toMatch(/fleets use what setup made: hpc\n\nhint: muster down hpc/)
  expect(await rehearsal.run('doctor')).toMatchObject({ exitCode: 0 })
  succeeded(await rehearsal.run('down'))
})

it('the way out can be changed, and everything is gone at the end', async () => {
  await setupJson('--no-nat', '--yes')
  expect([await counted('NAT gateway'), await counted('public address'), await counted('endpoint')]).toEqual([0, 0, 4])
  succeeded(await setup('--remove', '--yes'))
  expect(await setupJson('--remove')).toMatchObject({ converged: true })
  expect(await rehearsal.run('plan')).toMatchObject({ exitCode: 2 })
})

it('refuses flags and networks that make no sense, with exit code 2', async () => {
  expect(await setup('--remove', '--nat')).toMatchObject({ exitCode: 2 })
  appendFileSync(join(rehearsal.folder, 'muster.yaml'), '  own: { network: { subnets: [subnet-00000000] } }\n')
  const plan = await rehearsal.run('plan', 'own')
  expect(plan).toMatchObject({ exitCode: 2 })
  expect(plan.stderr).toContain('the subnet subnet-00000000 does not exist in us-east-1')
})
