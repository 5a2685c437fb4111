/**
 * What a node of the sandbox needs of this machine, and the package that brings it. A program is looked for by path, so
 * that asking costs a few stat calls and nothing has to be remembered.
 */
export interface Need {
  /** What is looked for: a program in one of the usual folders, or an absolute file or folder. */
  readonly program: string
  readonly why: string
  readonly apt: string
  readonly dnf: string
  readonly brew: string
}

/** Needs of namespace nodes: they run sshd and mpirun out of the machine's own root. */
export const NAMESPACE_NEEDS: readonly Need[] = [
  { program: 'ip', why: 'networks of nodes', apt: 'iproute2', dnf: 'iproute', brew: 'iproute2mac' },
  { program: 'sshd', why: 'mpirun between nodes', apt: 'openssh-server', dnf: 'openssh-server', brew: 'openssh' },
  { program: 'ssh', why: 'mpirun between nodes', apt: 'openssh-client', dnf: 'openssh-clients', brew: 'openssh' },
  { program: 'ssh-keygen', why: 'trust between nodes', apt: 'openssh-client', dnf: 'openssh-clients', brew: 'openssh' },
  { program: 'mpirun', why: 'MPI jobs', apt: 'openmpi-bin', dnf: 'openmpi', brew: 'open-mpi' },
  { program: 'mpicc', why: 'MPI jobs in C', apt: 'libopenmpi-dev', dnf: 'openmpi-devel', brew: 'open-mpi' },
  { program: 'gcc', why: 'MPI jobs in C', apt: 'gcc libc6-dev', dnf: 'gcc', brew: 'gcc' },
  { program: 'curl', why: 'logs and files of jobs', apt: 'curl', dnf: 'curl', brew: 'curl' },
  { program: 'unshare', why: 'nodes', apt: 'util-linux', dnf: 'util-linux', brew: 'util-linux' },
  { program: 'mount', why: 'nodes', apt: 'mount', dnf: 'util-linux', brew: 'util-linux' },
  { program: 'tar', why: 'folders of jobs', apt: 'tar', dnf: 'tar', brew: 'gnu-tar' },
  { program: 'gzip', why: 'folders of jobs', apt: 'gzip', dnf: 'gzip', brew: 'gzip' },
]

/** Process nodes have no network of their own and no mounts. */
const ONLY_NAMESPACES = ['ip', 'unshare', 'mount']
export const PROCESS_NEEDS: readonly Need[] = NAMESPACE_NEEDS.filter(
  ({ program }) => !ONLY_NAMESPACES.includes(program),
)

export type PackageManager = 'apt' | 'dnf' | 'brew'

/** The command that gets what is missing; null where no package manager is known. */
export function installCommand(missing: readonly Need[], manager: PackageManager | null): string | null {
  if (manager === null || missing.length === 0) return null
  const names = packagesOf(missing, manager).join(' ')
  const commands = { apt: `apt-get install -y ${names}`, dnf: `dnf install -y ${names}`, brew: `brew install ${names}` }
  return commands[manager]
}

export function packagesOf(missing: readonly Need[], manager: PackageManager): string[] {
  return [...new Set(missing.flatMap((need) => need[manager].split(' ')))]
}
