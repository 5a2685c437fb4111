import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { realKinds, testFleet, type TestFleet } from './fleet.ts'

describe.each(realKinds)('a %s node', (kind) => {
  let fleet: TestFleet
  beforeEach(async () => {
    fleet = await testFleet(kind)
  })
  afterEach(() => fleet.end())

  const folder = '"${MUSTER_NODE_ROOT:-}/opt/amazon/efa"'

  it('with EFA interfaces has a stand-in of fi_info that lists them, and says that it is one', async () => {
    const node = await fleet.one({ efaInterfaces: 3 })
    const shown = await node.sh(`${folder}/bin/fi_info -p efa -t FI_EP_RDM 2>/dev/null`)
    expect(shown.match(/^provider: efa$/gm)).toHaveLength(3)
    expect(new Set(shown.match(/^ {4}domain: rdmap\d+s\d+-rdm$/gm)).size).toBe(3)
    const words = /stand-in of the muster sandbox: this node has no EFA hardware/
    expect(await node.sh(`cat ${folder}/STAND-IN`)).toMatch(words)
    expect((await node.run(`${folder}/bin/fi_info -p efa`)).stderr).toMatch(words)
    const other = await node.run(`${folder}/bin/fi_info -p tcp -t FI_EP_RDM`)
    expect(other).toMatchObject({ exitCode: 61, stdout: '' })
    expect(other.stderr).toContain('fi_getinfo: -61 (No data available)')
  })

  it('without has none', async () => {
    const node = await fleet.one({ efaInterfaces: 0 })
    expect(await node.sh(`[ -e ${folder}/STAND-IN ] || echo none`)).toBe('none')
  })
})
