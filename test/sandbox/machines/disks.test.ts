import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realKinds, testFleet } from './fleet.ts'
import type { TestFleet, TestNode } from './fleet.ts'

describe.each(realKinds)('the disk of a %s node', (kind) => {
  let fleet: TestFleet
  beforeAll(async () => {
    fleet = await testFleet(kind)
  })
  afterAll(() => fleet.end())

  /** A namespace node has the whole tree, a process node what is below its own root. */
  const root = kind === 'namespace' ? '' : '$MUSTER_NODE_ROOT'

  async function save(node: TestNode, name: string): Promise<string> {
    const folder = join(fleet.home, name)
    mkdirSync(folder)
    await node.machine.saveDisk?.(folder)
    return folder
  }

  it('goes on in the next: what was written, and what was removed, over two boots', async () => {
    const first = fleet.boot(1)
    await first.heard('online')
    await first.sh(
      `mkdir -p ${root}/opt/baked/deep && echo one >${root}/opt/baked/a && echo two >${root}/opt/baked/b
echo home >"$HOME/h"; ln -s a ${root}/opt/baked/link; chmod 751 ${root}/opt/baked/a`,
    )
    const bottom = await save(first, `${kind}-bottom`)
    await first.machine.destroy()

    const second = fleet.boot(2, { disk: bottom })
    await second.heard('online')
    expect(await second.sh(`cat ${root}/opt/baked/link "$HOME/h"; stat -c %a ${root}/opt/baked/a`)).toBe(
      'one\nhome\n751',
    )
    await second.sh(
      `rm ${root}/opt/baked/b; rm -r ${root}/opt/baked/deep; echo three >${root}/opt/baked/c; rm "$HOME/h"`,
    )
    const top = await save(second, `${kind}-top`)
    await second.machine.destroy()

    const third = fleet.boot(3, { disk: top })
    await third.heard('online')
    expect(await third.sh(`ls ${root}/opt/baked; ls "$HOME/h" 2>/dev/null || echo gone`)).toBe('a\nc\nlink\ngone')
    // It is another machine all the same.
    if (kind === 'namespace')
      expect(await third.sh('hostname; cat /etc/hostname')).toBe(
        'ip-172-31-7-13.ec2.internal\nip-172-31-7-13.ec2.internal',
      )
    await third.machine.destroy()
  })

  it('is saved from under running programs, which go on', async () => {
    const node = await fleet.one()
    await node.sh(`echo kept >"$HOME/kept"`)
    const running = node.run('sleep 1000', { id: 'nap' })
    const disk = await save(node, `${kind}-live`)
    node.machine.cancel('nap')
    expect((await running).ended).toBe('cancelled')
    await node.machine.destroy()
    const next = fleet.boot(4, { disk })
    await next.heard('online')
    expect(await next.sh('cat "$HOME/kept"')).toBe('kept')
    await next.machine.destroy()
  })
})
