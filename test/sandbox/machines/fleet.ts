import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { findProcesses } from '../../../src/sandbox/agent/processes.ts'
import { createMachines } from '../../../src/sandbox/machines/create.ts'
import { homeMark, markVariable } from '../../../src/sandbox/machines/home-mark.ts'
import type { Machine, MachineResult, Machines, MachineSpec } from '../../../src/sandbox/machines/machine.ts'

export type RealKind = 'namespace' | 'process'

/** Namespace nodes need root on Linux; the same tests then run on process nodes, and a line says so. */
export const realKinds: readonly RealKind[] =
  process.platform === 'linux' && process.getuid?.() === 0 ? ['namespace', 'process'] : ['process']
export const bestKind: RealKind = realKinds[0] ?? 'process'
if (bestKind === 'process')
  process.stderr.write('not root on Linux: namespace nodes are not tested, process nodes are\n')

/** A node and everything that it has told. */
export interface TestNode {
  readonly machine: Machine
  readonly address: string
  readonly told: readonly string[]
  /** Resolves when the event has been told; rejects after ten seconds. */
  heard(event: string): Promise<void>
  /** Runs a script and asserts that it exits with 0; its output, trimmed. */
  sh(text: string): Promise<string>
  run(
    text: string,
    options?: { timeoutMs?: number; id?: string; workingDirectory?: string; env?: Record<string, string> },
  ): Promise<MachineResult>
}

export interface TestFleet {
  readonly home: string
  readonly machines: Machines
  boot(number: number, spec?: Partial<MachineSpec>): TestNode
  online(count: number, spec?: Partial<MachineSpec>): Promise<TestNode[]>
  /** One node, online. */
  one(spec?: Partial<MachineSpec>): Promise<TestNode>
  /** Ends all, asserts that nothing is left, and deletes the home. */
  end(): Promise<void>
}

export async function testFleet(kind: RealKind, at: { port?: number; apiSocket?: string } = {}): Promise<TestFleet> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'muster-machines-')))
  const machines = await createMachines({
    kind,
    home,
    port: at.port ?? 1,
    apiSocket: at.apiSocket ?? join(home, 'none.sock'),
  })
  mkdirSync(join(home, 'fsx', 'fs-1'))
  const boot = (number: number, spec: Partial<MachineSpec> = {}) => bootNode(machines, home, number, spec)
  return {
    home,
    machines,
    boot,
    async online(count, spec) {
      const nodes = Array.from({ length: count }, (_, number) => boot(number, spec))
      await Promise.all(nodes.map((node) => node.heard('online')))
      return nodes
    },
    async one(spec) {
      const node = boot(0, spec)
      await node.heard('online')
      return node
    },
    async end() {
      await machines.close()
      await expectNothingLeft(home)
      rmSync(home, { recursive: true })
    },
  }
}

export async function expectNothingLeft(home: string): Promise<void> {
  const mark = `${markVariable}=${homeMark(home)}`
  const mine = {
    environment: (it: string) => it === mark || it.includes(`${home}/nodes/`),
    command: (it: string) => it.includes(`${home}/nodes/`),
  }
  expect(await findProcesses(mine)).toEqual([])
  if (process.platform === 'linux') expect(readFileSync('/proc/mounts', 'utf8')).not.toContain(home)
  expect(readdirSync(join(home, 'nodes'))).toEqual([])
}

function bootNode(machines: Machines, home: string, number: number, over: Partial<MachineSpec>): TestNode {
  const address = `172.31.7.${number + 10}`
  const told: string[] = []
  const waiting = new Set<() => void>()
  const tell = (event: string) => {
    told.push(event)
    for (const wake of waiting) wake()
  }
  const spec: MachineSpec = {
    instanceId: `i-${String(number).padStart(17, '0')}`,
    region: 'us-east-1',
    hostname: `ip-172-31-7-${number + 10}.ec2.internal`,
    privateIp: address,
    prefixLength: 16,
    network: 'vpc-1',
    efaInterfaces: 0,
    userData: null,
    metadata: (path) => (path === 'meta-data/instance-id' ? `i-${String(number).padStart(17, '0')}` : undefined),
    mount: (dnsName, name) =>
      dnsName === 'fs-1.fsx' && name === 'abc'
        ? { path: join(home, 'fsx', 'fs-1') }
        : { refusal: 'No such file or directory' },
    ...over,
  }
  const machine = machines.boot(spec, {
    online: () => tell('online'),
    lost: () => tell('lost'),
    poweroff: () => tell('poweroff'),
    userDataEnded: (exitCode, tail) => tell(`user data ${exitCode}: ${tail}`),
  })
  let scripts = 0
  const run: TestNode['run'] = (text, options = {}) =>
    machine.run({
      id: options.id ?? `script-${(scripts += 1)}`,
      text,
      workingDirectory: options.workingDirectory ?? null,
      env: options.env ?? {},
      timeoutMs: options.timeoutMs ?? 30_000,
    })
  return {
    machine,
    address,
    told,
    run,
    async sh(text) {
      const { exitCode, ended, stdout, stderr } = await run(text)
      expect({ ended, exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({
        ended: 'exited',
        exitCode: 0,
        stderr: '',
      })
      return stdout.trim()
    },
    heard: (event) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no ${event} in 10 s, only: ${told.join(', ')}`)), 10_000)
        const check = () => {
          if (!told.some((one) => one.startsWith(event))) return
          clearTimeout(timer)
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
  }
}
