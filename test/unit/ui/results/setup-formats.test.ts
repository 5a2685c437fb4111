import { describe, expect, it } from 'vitest'
import { formatDoctor } from '../../../../src/ui/results/format-doctor.ts'
import { formatSetup, formatSetupPreview, type SetupSummary } from '../../../../src/ui/results/format-setup.ts'
import { createTheme } from '../../../../src/ui/theme.ts'

const theme = createTheme({}, { LANG: 'C.UTF-8' })

const preview: SetupSummary = {
  goal: 'make',
  cloud: 'aws',
  region: 'eu-west-1',
  account: '123456789012',
  actions: [
    { what: '+ VPC 10.64.0.0/16', reason: 'a network for fleets', usdPerHour: 0 },
    { what: '+ NAT gateway', reason: 'nodes fetch packages', usdPerHour: 0.045 },
  ],
  usdPerHour: 0.045,
  pricesOf: 'us-east-1, list prices of 2026',
  notes: ['the role muster-node lacks AmazonSSMManagedInstanceCore'],
  converged: false,
}
const done: SetupSummary = { ...preview, actions: [], usdPerHour: 0, notes: [], converged: true }

describe('setup', () => {
  it('shows each step with its price and why, and that nothing was made', () => {
    expect(formatSetupPreview(preview, theme)).toEqual([
      'aws, region eu-west-1, account 123456789012',
      'ACTION              COSTS     WHY',
      '+ VPC 10.64.0.0/16            a network for fleets',
      '+ NAT gateway       $0.045/h  nodes fetch packages',
      'costs until it is removed: $0.045/h, traffic besides (us-east-1, list prices of 2026)',
      'note: the role muster-node lacks AmazonSSMManagedInstanceCore',
      'this is a plan: nothing was made',
    ])
  })

  it('says in a line what was done, or that nothing was to do', () => {
    expect(formatSetup(preview, theme)[0]).toContain('set up: 2 steps in eu-west-1')
    expect(formatSetup({ ...preview, goal: 'remove' }, theme)).toEqual([
      expect.stringContaining('the API shows nothing of it'),
    ])
    expect(formatSetup(done, theme)).toEqual([expect.stringContaining('eu-west-1 is set up already: nothing to do')])
    expect(formatSetup({ ...done, goal: 'remove' }, theme)).toEqual([
      expect.stringContaining('nothing of setup is in eu-west-1'),
    ])
    expect(formatSetupPreview({ ...preview, cloud: 'sandbox' }, theme).join('\n')).toContain('the sandbox is free')
  })
})

describe('the doctor', () => {
  it('has a line a finding, its fix below, and counts at the end; control characters never reach the terminal', () => {
    const findings = [
      { check: 'Node', state: 'ok', message: 'v24.0.0', fix: null },
      { check: 'node role', state: 'warn', message: 'not\u001B[31m known', fix: 'muster setup' },
      { check: 'rights', state: 'fail', message: 'missing: ec2:CreateFleet', fix: 'attach it' },
    ] as const
    const lines = formatDoctor({ cloud: 'aws', region: null, account: null, findings }, theme)
    expect(lines).toHaveLength(7)
    expect(lines[0]).toBe('aws')
    expect(lines[1]).toBe('ok   Node       v24.0.0')
    expect(lines[2]).toMatch(/^warn node role {2}not.* known$/)
    expect(lines[3]).toMatch(/^ +fix: muster setup$/)
    expect(lines.at(-1)).toBe('3 checks: 1 failed, 1 warning')
    expect(lines.join('')).not.toContain('\u001B')
  })
})
