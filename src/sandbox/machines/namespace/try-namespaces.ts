import { once } from 'node:events'
import type { MachineSpec } from '../machine.ts'
import { markVariable } from '../home-mark.ts'
import { removeFolder } from '../remove-folder.ts'
import type { BootPlan } from './boot-script.ts'
import type { HostFacts } from './host-facts.ts'
import { follow, makeNodeFolder, spawnNamespaces } from './namespace-machine.ts'

const probe: MachineSpec = {
  instanceId: 'probe',
  region: 'us-east-1',
  hostname: 'probe',
  privateIp: '172.31.255.254',
  prefixLength: 16,
  network: 'vpc-1',
  efaInterfaces: 0,
  userData: null,
  metadata: () => undefined,
  mount: () => ({ refusal: 'Input/output error' }),
}

/**
 * Boots a node that ends as soon as its namespaces, mounts and network stand: what a container or an old kernel refuses
 * cannot be known otherwise. Rejects with the first words of what failed.
 */
export async function tryNamespaces(
  planFor: (spec: MachineSpec) => BootPlan,
  host: HostFacts,
  mark: string,
): Promise<void> {
  const plan = { ...planFor(probe), init: 'exec 3>&-; echo ready' }
  makeNodeFolder(plan.folder, host)
  try {
    const child = spawnNamespaces(plan, host, { [markVariable]: mark })
    const life = follow(child)
    const closed = once(child, 'close').catch(() => {})
    const timer = setTimeout(() => void life.end(), 10_000)
    await closed
    clearTimeout(timer)
    if (child.exitCode !== 0) throw new Error(`namespaces cannot be used here: ${life.errors() || 'no answer in 10 s'}`)
  } finally {
    await removeFolder(plan.folder)
  }
}
