import { execFileSync } from 'node:child_process'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bootScript } from '../../../src/sandbox/machines/namespace/boot-script.ts'
import type { BootPlan } from '../../../src/sandbox/machines/namespace/boot-script.ts'
import { mountList } from '../../../src/sandbox/machines/namespace/mount-list.ts'

const plan: BootPlan = {
  spec: { privateIp: '172.31.0.4', prefixLength: 16, network: 'vpc-1', hostname: 'ip-172-31-0-4.ec2.internal' },
  folder: '/srv/it is/nodes/i-1',
  home: '/srv/it is',
  fileSystems: '/srv/it is/fsx',
  apiSocket: null,
  switchPid: 7,
  port: 'p1',
  node: '/opt/node',
  agentFolder: '/opt/agent',
  disk: null,
  files: [{ path: '/etc/hosts', text: '127.0.0.1 localhost\n', executable: false }],
  init: 'exec true',
}
const host = { devices: ['null'], hidden: ['/proc/kcore'], readOnly: ['/proc/sys'], separate: ['/usr'] }

describe('bootScript', () => {
  it('never writes to the machine’s own files: everything comes after pivot_root', () => {
    const script = bootScript(plan, host)
    expect(script.indexOf('/etc/hosts')).toBeGreaterThan(script.indexOf('pivot_root . run/old'))
  })

  it('says every word of the plan literally', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
        (text) => {
          const script = bootScript({ ...plan, files: [{ path: '/f', text, executable: false }] }, host)
          const line = script.slice(script.indexOf('printf %s '), script.indexOf(' >/f\n'))
          expect(execFileSync('/bin/sh', ['-c', line]).toString()).toBe(text)
        },
      ),
      { numRuns: 20 },
    )
  })

  it('covers the sandbox’s folder, except below what is the node’s own anyway', () => {
    expect(mountList(plan, host)).toContain('tmpfs /srv/it\\040is tmpfs ro')
    expect(mountList({ ...plan, home: '/root/.muster/sandbox' }, host)).not.toContain('tmpfs /root/.muster')
  })

  it('lays a layer over what lies on a file system of its own, and hides what must not be reached', () => {
    const list = mountList(plan, host).split('\n')
    expect(list[0]).toMatch(/^muster \/usr overlay lowerdir=\/run\/old\/usr,/)
    expect(list).toContain('/dev/null /proc/kcore none bind 0 0')
    expect(list).toContain('/proc/sys /proc/sys none bind,ro 0 0')
  })
})
