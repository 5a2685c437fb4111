/** A program that the sandbox's nodes need and this machine lacks, as the sandbox names it. */
export interface MissingProgram {
  readonly program: string
  readonly debianPackage: string
  readonly neededFor: string
  /** Without it no node gets ready. */
  readonly essential?: boolean
}

export type PackageManager = 'apt' | 'dnf' | 'brew'

/** What Debian's packages are called elsewhere; the same name where nothing stands here. */
const ELSEWHERE: Readonly<Record<string, { readonly dnf: string; readonly brew: string }>> = {
  'openssh-server': { dnf: 'openssh-server', brew: 'openssh' },
  'openssh-client': { dnf: 'openssh-clients', brew: 'openssh' },
  'openmpi-bin': { dnf: 'openmpi', brew: 'open-mpi' },
  'libopenmpi-dev': { dnf: 'openmpi-devel', brew: 'open-mpi' },
  iproute2: { dnf: 'iproute', brew: 'iproute2mac' },
  mount: { dnf: 'util-linux', brew: 'util-linux' },
  tar: { dnf: 'tar', brew: 'gnu-tar' },
}

/** gcc alone compiles nothing: without the recommended package there are no headers of C. */
const ALONG: Readonly<Record<string, readonly string[]>> = { gcc: ['libc6-dev'] }

export function packagesOf(missing: readonly MissingProgram[], manager: PackageManager): string[] {
  const debian = missing.map(({ debianPackage }) => debianPackage)
  if (manager === 'apt') return [...new Set(debian.flatMap((name) => [name, ...(ALONG[name] ?? [])]))]
  return [...new Set(debian.map((name) => ELSEWHERE[name]?.[manager] ?? name))]
}

/** The command that gets what is missing; null where no package manager is known. */
export function installCommand(missing: readonly MissingProgram[], manager: PackageManager | null): string | null {
  if (manager === null || missing.length === 0) return null
  const names = packagesOf(missing, manager).join(' ')
  const commands = { apt: `apt-get install -y ${names}`, dnf: `dnf install -y ${names}`, brew: `brew install ${names}` }
  return commands[manager]
}
