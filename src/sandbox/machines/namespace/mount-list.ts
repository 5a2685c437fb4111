import type { BootPlan } from './boot-script.ts'
import type { HostFacts } from './host-facts.ts'
import { ownFolders, places } from './places.ts'

/** Where the machine's own root is while a node boots. */
const old = '/run/old'

/** A node's mounts in their order, in fstab's form: one run of mount(8) makes them all. */
export function mountList(plan: BootPlan, host: HostFacts): string {
  const bind = (from: string, to: string, options = '') => line(`${old}${from}`, to, 'none', `bind${options}`)
  const separate = host.separate.map((path, index) =>
    line(
      'muster',
      path,
      'overlay',
      `lowerdir=${old}${path},upperdir=${layer(plan, index)}/upper,workdir=${layer(plan, index)}/work`,
    ),
  )
  return [
    ...separate,
    line('sysfs', '/sys', 'sysfs', 'ro,nosuid,nodev,noexec'),
    line('devpts', '/dev/pts', 'devpts', 'newinstance,ptmxmode=0666,mode=620,x-mount.mkdir'),
    line('tmpfs', '/dev/shm', 'tmpfs', 'mode=1777,nosuid,nodev,x-mount.mkdir'),
    line('mqueue', '/dev/mqueue', 'mqueue', 'nosuid,nodev,noexec,x-mount.mkdir'),
    ...ownFolders.map(({ inside, name }) => bind(`${plan.folder}/own/${name}`, inside)),
    bind(plan.node, places.node, ',ro'),
    bind(plan.agentFolder, places.agent, ',ro'),
    bind(plan.fileSystems, places.fileSystems),
    ...(plan.apiSocket === null ? [] : [bind(plan.apiSocket, places.api)]),
    ...(seenInside(plan.home) ? [line('tmpfs', plan.home, 'tmpfs', 'ro,mode=700,size=4k')] : []),
    ...host.hidden.map((path) => line('/dev/null', path, 'none', 'bind')),
    ...host.readOnly.map((path) => line(path, path, 'none', 'bind,ro')),
  ].join('\n')
}

/** The sandbox's own folder holds its keys and other nodes' disks. */
function seenInside(home: string): boolean {
  return !ownFolders.some(({ inside }) => home.startsWith(`${inside}/`)) && !home.startsWith('/run/')
}

function layer(plan: BootPlan, index: number): string {
  return `${old}${plan.folder}/separate/${index}`
}

function line(source: string, target: string, type: string, options: string): string {
  return `${escape(source)} ${escape(target)} ${type} ${options} 0 0`
}

function escape(path: string): string {
  return path
    .replaceAll('\\', String.raw`\134`)
    .replaceAll(' ', String.raw`\040`)
    .replaceAll('\t', String.raw`\011`)
}
