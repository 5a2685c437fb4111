import { describe, expect, it } from 'vitest'
import { CHECK_MS, ok, runChecks } from '../../../src/app/doctor/check.ts'
import { examine } from '../../../src/app/doctor/doctor.ts'
import type { DoctorResult } from '../../../src/app/results/account.ts'
import type { FleetSpec } from '../../../src/core/fleet/spec.ts'
import { MusterError } from '../../../src/core/errors/muster-error.ts'
import type { LocalMachine } from '../../../src/ports/machine.ts'
import { fakeClock } from '../../fakes/clock.ts'
import { fakeNetwork, fakeSubnet } from '../../fakes/network.ts'
import { fakeServices, type FakeServices } from '../../fakes/services.ts'
import { FLEET } from './sample.ts'

const machine: LocalMachine = {
  node: async () => ({ version: 'v24.0.0', least: '22.18', fits: true }),
  home: async () => ({ path: '/home/x/.muster', writable: true, freeBytes: 50e9 }),
  sandbox: async () => ({ kind: 'namespace', reason: null, missing: [] }),
}
const ready = {
  role: { ours: true, ssm: true, buckets: true, regions: ['us-east-1'] },
  profile: { ours: true, hasRole: true },
  serviceRoles: [],
}

function healthy(): FakeServices {
  const services = fakeServices()
  services.access.put(ready)
  return services
}

const look = (services: FakeServices, fleet: Partial<FleetSpec> = {}, local: Partial<LocalMachine> = {}) =>
  examine({
    cloud: 'sandbox',
    fleets: [{ ...FLEET, ...fleet }],
    machine: { ...machine, ...local },
    clock: services.clock,
    connect: async () => services,
  })
const bad = ({ findings }: DoctorResult) => findings.filter((finding) => finding.state !== 'ok')

describe('the doctor', () => {
  it('finds nothing wrong where all is well, and changes nothing', async () => {
    const services = healthy()
    const result = await look(services)
    expect(bad(result)).toEqual([])
    expect(result).toMatchObject({ state: 'ok', account: '000000000000', region: 'us-east-1', fleets: ['hpc'] })
    expect(new Set(result.findings.map((finding) => finding.check)).size).toBeGreaterThan(10)
    expect(services.journal.lines).toEqual([])
    expect([
      services.network.called('make'),
      services.access.called('grant'),
      services.objects.called('ensure'),
    ]).toEqual([0, 0, 0])
  })

  it('looks at this machine where no cloud answers, and says why none does', async () => {
    const error = new MusterError('CredentialsMissing', 'no AWS credentials were found')
    const result = await examine({
      cloud: 'aws',
      fleets: [FLEET],
      machine,
      clock: fakeClock(),
      connect: () => Promise.reject(error),
    })
    expect(result).toMatchObject({ state: 'fail', account: null, region: null })
    expect(bad(result)).toEqual([{ check: 'cloud', state: 'fail', message: error.message, fix: 'aws sso login' }])
    expect(result.findings.map((finding) => finding.check)).toEqual(['Node', 'MUSTER_HOME', 'cloud'])
  })

  it('names every missing right and the file that has them', async () => {
    const services = healthy()
    services.access.deny(['ec2:CreateFleet', 'iam:PassRole'])
    expect(bad(await look(services))).toEqual([
      {
        check: 'rights',
        state: 'fail',
        message: 'missing: ec2:CreateFleet, iam:PassRole',
        fix: 'have templates/policies/user.json attached to you',
      },
    ])
    services.access.deny(null)
    expect(bad(await look(services))).toMatchObject([{ check: 'rights', state: 'warn' }])
  })

  it.each([
    ['has expired', -1, 'fail'],
    ['ends soon', 600_000, 'warn'],
    ['lasts', 7200_000, 'ok'],
  ] as const)('looks when a login ends: it %s', async (_what, leftMs, state) => {
    const services = healthy()
    const endsAt = services.clock.now() + leftMs
    services.identity.expiresAt = async () => endsAt
    const [found] = (await look(services)).findings.filter((finding) => finding.check === 'credentials')
    expect(found).toMatchObject({ state, fix: state === 'ok' ? null : 'aws sso login' })
  })

  it('says that nodes would reach nothing, and from which subnets', async () => {
    const services = healthy()
    const subnets = ['us-east-1a', 'us-east-1b'].map((zone) => fakeSubnet(`subnet-${zone}`, zone, { wayOut: 'none' }))
    services.compute.network = async () => ({ ...fakeNetwork(null), subnets })
    const found = bad(await look(services))
    expect(found.map((finding) => finding.check)).toEqual(['way to SSM', 'instance types'])
    expect(found[0]).toMatchObject({
      state: 'fail',
      fix: 'muster setup',
      message: expect.stringMatching(/nothing from subnet-us-east-1a, subnet-us-east-1b: .* endpoints of s3, ssm/),
    })
  })

  it('has one line for each check where there is no network at all', async () => {
    const services = healthy()
    services.compute.network = () =>
      Promise.reject(new MusterError('NetworkUnfit', 'there is no network', { suggestions: ['muster setup'] }))
    const found = bad(await look(services))
    expect(found.map(({ check, fix }) => [check, fix])).toEqual([
      ['network', 'muster setup'],
      ['way to SSM', 'muster setup'],
    ])
  })

  it('looks at the image that the nodes would get: of types with GPUs the one that has their driver', async () => {
    const services = healthy()
    await look(services, { types: ['p4d.24xlarge'] })
    const asked = services.compute.calls.filter(({ name }) => name === 'imageFacts').map(({ args }) => args[0])
    expect(asked).toEqual([expect.stringContaining('/deeplearning/ami/x86_64/')])
  })

  it('names the nearest type for one that is not there, and says nothing of its image and quota', async () => {
    const found = bad(await look(healthy(), { types: ['hpc7g.16xlrge'] }))
    expect(found.map((finding) => finding.check)).toEqual(['instance types'])
  })

  it.each([
    ['a role that is missing', { ...ready, role: null }, /no role muster-node/],
    ['a profile that is missing', { ...ready, profile: null }, /no instance profile/],
    ['a profile without its role', { ...ready, profile: { ours: true, hasRole: false } }, /has no role/],
    ['a role without SSM', { ...ready, role: { ...ready.role, ssm: false } }, /lacks AmazonSSMManagedInstanceCore/],
    [
      'a role without the buckets',
      { ...ready, role: { ...ready.role, buckets: false } },
      /lacks templates\/policies\/node.json/,
    ],
  ])('finds %s', async (_what, access, message) => {
    const services = healthy()
    services.access.put(access)
    expect(bad(await look(services))).toMatchObject([
      {
        check: 'node role',
        state: 'fail',
        message: expect.stringMatching(message),
        fix: expect.stringMatching(/^(?:muster setup|aws iam )/),
      },
    ])
  })

  it.each([
    ['an old Node', { node: async () => ({ version: 'v18.0.0', least: '22.18', fits: false }) }, 'Node', 'fail'],
    [
      'a home that cannot be written',
      { home: async () => ({ path: '/x', writable: false, freeBytes: 9e9 }) },
      'MUSTER_HOME',
      'fail',
    ],
    [
      'a disk that is nearly full',
      { home: async () => ({ path: '/x', writable: true, freeBytes: 1e6 }) },
      'MUSTER_HOME',
      'warn',
    ],
    [
      'a machine without sshd',
      {
        sandbox: async () => ({
          kind: 'process' as const,
          reason: null,
          missing: [{ program: 'sshd', package: 'openssh-server', neededFor: 'ssh', essential: true }],
        }),
      },
      'sandbox',
      'fail',
    ],
  ] as const)('finds %s', async (_what, local, check, state) => {
    expect(bad(await look(healthy(), {}, local as Partial<LocalMachine>))).toMatchObject([{ check, state }])
  })
})

describe('checks', () => {
  it('run side by side; one that throws is a failing line, not the end', async () => {
    const clock = fakeClock()
    const begun: string[] = []
    const check = (name: string, run: () => Promise<ReturnType<typeof ok>>) => ({
      name,
      run: () => {
        begun.push(name)
        return run()
      },
    })
    const findings = await runChecks(
      [
        check('bug', () => Promise.reject(new TypeError('x is undefined'))),
        check('refused', () =>
          Promise.reject(new MusterError('NotAllowed', 'not allowed', { suggestions: ['do this'] })),
        ),
        check('fine', async () => ok('fine', 'yes')),
      ],
      clock,
    )
    expect(begun).toEqual(['bug', 'refused', 'fine'])
    expect(findings).toEqual([
      { check: 'bug', state: 'fail', message: 'x is undefined', fix: null },
      { check: 'refused', state: 'fail', message: 'not allowed', fix: 'do this' },
      { check: 'fine', state: 'ok', message: 'yes', fix: null },
    ])
  })

  it('that do not answer are given up, each by itself', async () => {
    const clock = fakeClock()
    const began = clock.now()
    const findings = await runChecks([{ name: 'slow', run: () => new Promise(() => {}) }], clock)
    expect(findings).toMatchObject([{ check: 'slow', state: 'fail', message: `no answer in ${CHECK_MS / 1000} s` }])
    expect(clock.now() - began).toBe(CHECK_MS)
  })
})
