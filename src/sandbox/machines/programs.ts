import { findProgram } from './find-program.ts'

/** A program that nodes need, and what brings it. */
export interface NodeProgram {
  readonly program: string
  /** The Debian package that has it. */
  readonly debianPackage: string
  readonly neededFor: string
  /** Without it no node gets ready; others only some jobs need. */
  readonly essential?: boolean
}

/** Programs that nodes need and this machine lacks; `kind` is that of the nodes. Empty when all is there. */
export function missingPrograms(kind: 'namespace' | 'process' = 'namespace'): NodeProgram[] {
  const wanted = kind === 'namespace' ? [...always, ...forNamespaces] : always
  return wanted.filter(({ program }) => findProgram(program) === undefined)
}

const always: readonly NodeProgram[] = [
  { program: 'sshd', debianPackage: 'openssh-server', neededFor: 'ssh between nodes', essential: true },
  { program: 'ssh', debianPackage: 'openssh-client', neededFor: 'ssh between nodes', essential: true },
  { program: 'ssh-keygen', debianPackage: 'openssh-client', neededFor: 'host keys', essential: true },
  { program: 'mpirun', debianPackage: 'openmpi-bin', neededFor: 'MPI jobs' },
  { program: 'mpicc', debianPackage: 'libopenmpi-dev', neededFor: 'building MPI jobs' },
  { program: 'gcc', debianPackage: 'gcc', neededFor: 'building MPI jobs' },
  { program: 'make', debianPackage: 'make', neededFor: 'building MPI jobs' },
  { program: 'curl', debianPackage: 'curl', neededFor: 'S3 and the metadata service', essential: true },
  { program: 'tar', debianPackage: 'tar', neededFor: 'unpacking job folders', essential: true },
  { program: 'gzip', debianPackage: 'gzip', neededFor: 'unpacking job folders', essential: true },
  { program: 'script', debianPackage: 'bsdutils', neededFor: 'terminals of muster shell' },
]

const forNamespaces: readonly NodeProgram[] = [
  { program: 'ip', debianPackage: 'iproute2', neededFor: "the nodes' network" },
  { program: 'unshare', debianPackage: 'util-linux', neededFor: "the nodes' namespaces" },
  { program: 'nsenter', debianPackage: 'util-linux', neededFor: "the nodes' network" },
  { program: 'setpriv', debianPackage: 'util-linux', neededFor: 'taking dangerous rights from nodes' },
  { program: 'pivot_root', debianPackage: 'util-linux', neededFor: "the nodes' root" },
  { program: 'mount', debianPackage: 'mount', neededFor: "the nodes' root" },
]
