import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realKinds, testFleet } from './fleet.ts'
import type { TestFleet, TestNode } from './fleet.ts'

describe.runIf(realKinds.includes('namespace'))('a namespace node', () => {
  let fleet: TestFleet
  let node: TestNode
  beforeAll(async () => {
    fleet = await testFleet('namespace')
    node = await fleet.one()
  })
  afterAll(() => fleet.end())

  it('has the name and the address that EC2 shows, and no link of the machine', async () => {
    expect(await node.sh('hostname; cat /etc/hostname')).toBe(
      'ip-172-31-7-10.ec2.internal\nip-172-31-7-10.ec2.internal',
    )
    expect(await node.sh('getent hosts ip-172-31-7-10 | cut -d" " -f1')).toBe(node.address)
    expect(await node.sh("ip -o -4 addr show | awk '{ print $2, $4 }'")).toBe('lo 127.0.0.1/8\neth0 172.31.7.10/16')
    expect(hostname()).not.toContain('172-31')
  })

  it('knows the names and addresses of its network as on EC2, and no others', async () => {
    expect(await node.sh('getent ahostsv4 ip-172-31-9-8.ec2.internal | cut -d" " -f1 | sort -u')).toBe('172.31.9.8')
    expect(await node.sh('getent hosts IP-172-31-9-8 | cut -d" " -f1')).toBe('172.31.9.8')
    expect(await node.sh("getent hosts 172.31.9.8 | awk '{ print $2 }'")).toBe('ip-172-31-9-8.ec2.internal')
    for (const name of ['pypi.org', 'ip-172-31-9-300.ec2.internal', '169.254.169.254'])
      expect([name, (await node.run(`getent hosts ${name}`)).exitCode]).toEqual([name, 2])
  })

  it('sees its own processes only', async () => {
    expect(await node.sh('ps -e -o comm= | grep -c -E "^(sh|node|sshd|ps|grep|MainThread)"')).toMatch(/^[5-8]$/)
    expect(Number(await node.sh('ps -e | wc -l'))).toBeLessThan(12)
  })

  it('has folders of its own where the machine’s users keep files', async () => {
    expect(await node.sh('ls -A /root /home /tmp')).toBe('/home:\n\n/root:\n\n/tmp:')
  })

  it('does not show the sandbox’s own folder', async () => {
    expect(await node.sh(`ls -A ${fleet.home} 2>/dev/null || true`)).toBe('')
  })

  it('has a host key of its own and none of the machine’s', async () => {
    expect(await node.sh('cd /etc/ssh && ls ssh_host_*')).toBe('ssh_host_ed25519_key\nssh_host_ed25519_key.pub')
  })

  it('has no block devices, and cannot make any', async () => {
    expect(await node.sh('find /dev -type b')).toBe('')
    expect((await node.run('mknod /tmp/disk b 254 0')).exitCode).not.toBe(0)
  })

  it('can do the machine no harm through the kernel', async () => {
    const tries = [
      'echo 1 >/proc/sys/vm/drop_caches',
      'sysctl -w kernel.panic=7',
      'date -s 2001-01-01',
      'echo b >/proc/sysrq-trigger.none/x',
      'mount -o remount,rw /sys && echo 1 >/sys/kernel/mm/none',
      'dmesg -C',
      'swapoff -a && false',
    ]
    const before = readFileSync('/proc/sys/kernel/panic', 'utf8')
    for (const attempt of tries) expect([attempt, (await node.run(attempt)).exitCode]).not.toEqual([attempt, 0])
    expect(readFileSync('/proc/sys/kernel/panic', 'utf8')).toBe(before)
    expect(new Date().getFullYear()).toBeGreaterThan(2020)
  })

  it('keeps the agent’s sockets from ordinary users', async () => {
    await node.sh('useradd -m joe')
    expect((await node.run('su joe -c "ls /run/muster/private"')).exitCode).toBe(2)
    const shutdown = await node.run('su joe -c "/sbin/shutdown -h now"')
    expect(shutdown.exitCode).toBe(1)
    expect(shutdown.stderr).toContain('must be superuser')
    expect(node.told).not.toContain('poweroff')
  })

  it('survives rm -rf of what it may delete', async () => {
    await node.run('rm -rf --one-file-system /usr/share /etc/skel /opt 2>/dev/null')
    expect(await node.sh('ls /usr/share 2>/dev/null | wc -l')).toBe('0')
    expect(readFileSync('/etc/passwd', 'utf8')).toContain('root')
  })

  it('collects ended processes whose parents are gone', async () => {
    await node.sh('sh -c "sh -c \'exit 0\' & exec sleep 0.2" & sleep 0.4')
    expect(await node.sh('ps -e -o stat= | grep -c ^Z || true')).toBe('0')
  })

  it('ends what runs at a reboot, and starts sshd again', async () => {
    const other = fleet.boot(3)
    await other.heard('online')
    await other.sh(
      'mkdir /fsx && mount -t lustre fs-1.fsx@tcp:/abc /fsx && setsid sleep 1000 </dev/null >/dev/null 2>&1 &',
    )
    await other.sh('cat /run/sshd.pid >/opt/before; until mountpoint -q /fsx; do sleep 0.02; done')
    const result = await other.run('reboot; sleep 60')
    expect(result.exitCode).toBe(137)
    await other.sh('until [ -s /run/sshd.pid ] && ! cmp -s /run/sshd.pid /opt/before; do sleep 0.05; done')
    expect(await other.sh('pgrep -x sleep | wc -l; mountpoint -q /fsx || echo unmounted')).toBe('0\nunmounted')
    expect(other.told).toEqual(['online'])
    await other.machine.destroy()
  })
})
