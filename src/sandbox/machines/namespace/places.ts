/** Where a namespace node finds what the sandbox puts into it. Only root sees what is below `private`. */
export const places = {
  node: '/run/muster/node',
  agent: '/run/muster/agent',
  packageFile: '/run/muster/package.json',
  private: '/run/muster/private',
  api: '/run/muster/private/api.sock',
  requests: '/run/muster/private/agent.sock',
  fileSystems: '/run/muster/private/fsx',
  sshdPidFile: '/run/sshd.pid',
} as const

export const metadataAddress = '169.254.169.254'

/** Amazon's DNS server (EC2 API reference, ModifyVpcAttribute: EnableDnsSupport). */
export const nameServerAddress = '169.254.169.253'

/** Folders of a node that are its own from the start, so that what the machine's users keep there does not show. */
export const ownFolders = [
  { inside: '/tmp', name: 'tmp', mode: 0o1777 },
  { inside: '/var/tmp', name: 'var-tmp', mode: 0o1777 },
  { inside: '/root', name: 'root-home', mode: 0o700 },
  { inside: '/home', name: 'home', mode: 0o755 },
  { inside: '/var/log', name: 'var-log', mode: 0o755 },
] as const
