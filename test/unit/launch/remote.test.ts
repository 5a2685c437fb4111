import { expect, test } from 'vitest'
import { installScript, parseInstallReport } from '../../../src/launch/remote/install-script.ts'
import { cancelJobScript, parseJobStatus, startJobScript } from '../../../src/launch/remote/job-scripts.ts'
import { knownHosts } from '../../../src/launch/remote/known-hosts.ts'
import { mountScript } from '../../../src/launch/remote/mount-script.ts'
import { trustScript } from '../../../src/launch/remote/trust-script.ts'
import { verifyScript } from '../../../src/launch/remote/verify-script.ts'

const ctx = { url: 'https://bucket.s3.us-east-1.amazonaws.com', region: 'us-east-1', scriptsSha: 'ab12'.repeat(16) }
const lastLine = (text: string) => text.trimEnd().split('\n').at(-1)

test('every command first makes sure of its scripts', () => {
  expect(installScript(ctx)).toMatchSnapshot()
})

test('then it calls one of them, quoted', () => {
  const keys = { knownHostsKey: 'fleets/f/c/known_hosts', authorizedKeysKey: 'fleets/f/c/authorized_keys' }
  const fs = { dnsName: 'fs-1.fsx.us-east-1.amazonaws.com', mountName: 'abc', mountPoint: "/my $(fsx)'s" }
  const nodes = { leadId: 'i-0a', hosts: ['10.0.0.1', '10.0.0.2'], mountPoint: null, efaInterfaces: 2 }
  expect([
    lastLine(trustScript(ctx, keys)),
    lastLine(mountScript(ctx, fs)),
    lastLine(verifyScript(ctx, nodes)),
    lastLine(startJobScript(ctx, { job: 'j-1' })),
    lastLine(cancelJobScript(ctx, { job: 'j-1', graceS: 10 })),
  ]).toMatchSnapshot()
})

test('is far below what SSM takes, and has no template of SSM’s own in it', () => {
  const text = installScript(ctx)
  expect(text.length).toBeLessThan(4000)
  expect(text).not.toContain('{{')
})

test('an install report is read line by line', () => {
  const stdout =
    'noise\nhost-key ssh-ed25519 AAAA+/=\nhost-key ecdsa-sha2-nistp256 BBBB==\nuser-key ssh-ed25519 CCCC\nhost-key bad\n'
  expect(parseInstallReport(stdout)).toEqual({
    hostKeys: ['ssh-ed25519 AAAA+/=', 'ecdsa-sha2-nistp256 BBBB=='],
    userKey: 'ssh-ed25519 CCCC',
  })
  expect(parseInstallReport('')).toEqual({ hostKeys: [], userKey: null })
})

test('known hosts: every key under every name', () => {
  const node = { ip: '10.0.0.1', hostname: 'ip-10-0-0-1.ec2.internal', hostKeys: ['ssh-ed25519 A', 'ssh-rsa B'] }
  expect(knownHosts([node, { ip: '10.0.0.2', hostname: '10.0.0.2', hostKeys: ['ssh-ed25519 C'] }])).toBe(
    '10.0.0.1,ip-10-0-0-1.ec2.internal,ip-10-0-0-1 ssh-ed25519 A\n' +
      '10.0.0.1,ip-10-0-0-1.ec2.internal,ip-10-0-0-1 ssh-rsa B\n' +
      '10.0.0.2 ssh-ed25519 C\n',
  )
})

test('a job’s status is read, also where there is none', () => {
  expect(parseJobStatus('running\n{"phase":"running"}\n')).toEqual({ runner: 'running', state: { phase: 'running' } })
  expect(parseJobStatus('dead\n')).toEqual({ runner: 'dead', state: null })
  expect(parseJobStatus('')).toEqual({ runner: 'unknown', state: null })
})
