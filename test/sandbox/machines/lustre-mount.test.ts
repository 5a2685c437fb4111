import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realKinds, testFleet } from './fleet.ts'
import type { TestFleet, TestNode } from './fleet.ts'

const point = '"${MUSTER_NODE_ROOT:-}/fsx"'
const mount = `mount -t lustre -o noatime,flock fs-1.fsx@tcp:/abc ${point}`

describe.each(realKinds)('mount -t lustre on a %s node', (kind) => {
  let fleet: TestFleet
  let nodes: TestNode[]
  beforeAll(async () => {
    fleet = await testFleet(kind)
    nodes = await fleet.online(2)
    await Promise.all(nodes.map((node) => node.sh(`mkdir -p ${point}`)))
  })
  afterAll(() => fleet.end())

  it('shows the same files on all nodes, until it is unmounted', async () => {
    const [first, second] = nodes as [TestNode, TestNode]
    await Promise.all(nodes.map((node) => node.sh(mount)))
    await first.sh(`echo shared >${point}/file`)
    expect(await second.sh(`cat ${point}/file`)).toBe('shared')
    expect(readFileSync(join(fleet.home, 'fsx/fs-1/file'), 'utf8')).toBe('shared\n')
    await second.sh(`umount ${point}`)
    expect(await second.sh(`ls ${point}`)).toBe('')
    expect(await first.sh(`cat ${point}/file`)).toBe('shared')
  })

  it('says that it is mounted already', async () => {
    const again = await nodes[0]?.run(mount)
    expect(again?.exitCode).toBe(17)
    expect(again?.stderr).toContain('is already mounted on')
  })

  it('refuses another name in Lustre’s words', async () => {
    const [, node] = nodes as [TestNode, TestNode]
    const wrong = await node.run(mount.replace('abc', 'xyz'))
    expect(wrong.exitCode).toBe(2)
    expect(wrong.stderr).toMatch(
      /^mount\.lustre: mount fs-1\.fsx@tcp:\/xyz at \S+fsx failed: No such file or directory\nIs the MGS spec/,
    )
  })

  it('refuses a mount point that is not there', async () => {
    const result = await nodes[1]?.run(mount.replace('/fsx"', '/nowhere"'))
    expect(result?.exitCode).not.toBe(0)
    expect(result?.stderr).toMatch(/nowhere/)
  })

  it('keeps the files when a mounted node is destroyed', async () => {
    mkdirSync(join(fleet.home, 'fsx/fs-1/deep'))
    writeFileSync(join(fleet.home, 'fsx/fs-1/deep/kept'), 'kept')
    await nodes[0]?.machine.destroy()
    expect(readFileSync(join(fleet.home, 'fsx/fs-1/deep/kept'), 'utf8')).toBe('kept')
  })
})
