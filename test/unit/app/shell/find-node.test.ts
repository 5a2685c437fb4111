import { beforeEach, describe, expect, it } from 'vitest'
import { raiseAndLeave } from '../../../../src/app/fleet/raise-and-leave.ts'
import { findNode } from '../../../../src/app/shell/find-node.ts'
import { layout } from '../../../../src/core/job/layout.ts'
import { fakeServices, type FakeServices } from '../../../fakes/services.ts'
import { FLEET, JOB, playNodes } from '../sample.ts'

let services: FakeServices
let ids: readonly string[]

beforeEach(async () => {
  services = fakeServices()
  playNodes(services)
  ids = (await raiseAndLeave(FLEET, services)).nodes.map((node) => node.id)
})

const found = async (word: string | null) => (await findNode(word, 'muster shell', services)).node.id
const refused = async (word: string | null) => {
  const error = await findNode(word, 'muster shell', services).catch(
    (caught: unknown) => caught as { code: string; message: string; suggestions: string[] },
  )
  return 'code' in error ? [error.code, error.message, error.suggestions] : error
}

describe('the node that is meant', () => {
  it.each(['node-1', 'hpc/node-1', 'c0x2/node-1'])('by %s', async (word) => {
    expect(await found(word)).toBe(ids[1])
  })

  it('by its id, its address, and its fleet, whose first node that is', async () => {
    const { nodes } = await services.compute.observe('hpc')
    for (const { id, privateIp } of nodes) expect([await found(id), await found(privateIp ?? '')]).toEqual([id, id])
    expect(await found('hpc')).toBe(ids[0])
  })

  it('by the job that it runs, and by its place in that', async () => {
    const job = 'heat-20261123-143205-k7f2'
    const hosts = [1, 0].map((at, rank) => ({ id: ids[at], name: `node-${rank}`, ip: '10.0.0.1', slots: 1 }))
    const record = {
      version: 1,
      id: job,
      spec: JOB,
      fleet: 'hpc',
      hosts: [...hosts, { ...hosts[0], id: 'i-gone', name: 'node-2' }],
      submittedAt: 1,
    }
    await services.objects.putBytes(layout.record(job), Buffer.from(JSON.stringify(record)))
    expect([await found(job), await found(`${job}/node-1`)]).toEqual([ids[1], ids[0]])
    expect(await refused(`${job}/node-2`)).toEqual([
      'NodeUnknown',
      expect.stringContaining('i-gone, which is gone'),
      expect.any(Array),
    ])
    expect(await refused(`${job}/node-7`)).toEqual([
      'NodeUnknown',
      expect.stringContaining('has no node-7'),
      expect.arrayContaining([`muster shell ${job}/node-0`]),
    ])
  })

  it('is asked for where there are several, and nobody has said which', async () => {
    expect(await refused(null)).toEqual([
      'NodeUnknown',
      'there are 2 nodes: name one of them',
      ['muster shell hpc/node-0', 'muster shell hpc/node-1'],
    ])
    await raiseAndLeave({ ...FLEET, name: 'other' }, services)
    expect(await refused('node-1')).toEqual([
      'NodeUnknown',
      'node-1 may be one of 2 nodes',
      ['muster shell hpc/node-1', 'muster shell other/node-1'],
    ])
    expect((await findNode('other/node-1', 'muster shell', services)).fleet).toBe('other')
  })

  it('is the only one there is', async () => {
    await services.compute.terminate([ids[1] ?? ''])
    expect(await found(null)).toBe(ids[0])
    await services.compute.terminate([ids[0] ?? ''])
    expect(await refused(null)).toEqual(['NodeUnknown', 'there is no node', expect.any(Array)])
  })

  it('is none: the nearest are named', async () => {
    expect(await refused('nod-1')).toEqual([
      'NodeUnknown',
      'there is no node, fleet or job nod-1',
      expect.arrayContaining(['muster shell node-1']),
    ])
    expect(await refused('zzzzzzzzzz')).toEqual(['NodeUnknown', expect.any(String), ['muster status --nodes']])
  })
})
