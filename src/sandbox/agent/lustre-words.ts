/** The words of `mount.lustre SOURCE DIRECTORY [-o OPTIONS]`, as mount(8) hands them to its helper. */
export interface LustreMount {
  readonly source: string
  readonly dnsName: string
  readonly mountName: string
  readonly directory: string
  /** Those that a bind mount knows too; the rest (flock, user_xattr, _netdev) mean nothing here. */
  readonly options: readonly string[]
}

const kernelOptions = new Set(['ro', 'rw', 'noatime', 'relatime', 'nodiratime', 'nosuid', 'nodev', 'noexec'])

/** Undefined where the words make no mount. */
export function lustreMount(words: readonly string[]): LustreMount | undefined {
  const plain: string[] = []
  const options: string[] = []
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (word === '-o') options.push(...(words[(index += 1)] ?? '').split(','))
    else if (word === '-t') index += 1
    else if (!word.startsWith('-')) plain.push(word)
  }
  const [source, directory] = plain
  const [, dnsName, mountName] = /^([^@\s]+)@(?:tcp|efa|o2ib)\d*:\/(\S+)$/.exec(source ?? '') ?? []
  if (source === undefined || directory === undefined || dnsName === undefined || mountName === undefined)
    return undefined
  return { source, dnsName, mountName, directory, options: options.filter((option) => kernelOptions.has(option)) }
}

/**
 * What mount.lustre prints and exits with when the kernel refuses (lustre/utils/mount_lustre.c: the exit code is errno).
 * `reason` is the error's own text, `No such file or directory` or the like.
 */
export function lustreRefusal(
  mount: LustreMount,
  reason: string,
): { readonly stderr: string; readonly exitCode: number } {
  const known = refusals.find(({ text }) => reason.toLowerCase().includes(text.toLowerCase()))
  const stderr = `mount.lustre: mount ${mount.source} at ${mount.directory} failed: ${reason}\n${known?.advice ?? ''}`
  return { stderr, exitCode: known?.errno ?? 5 }
}

const refusals = [
  {
    text: 'No such file or directory',
    errno: 2,
    advice:
      'Is the MGS specification correct?\nIs the filesystem name correct?\n' +
      'If upgrading, is the copied client log valid? (see upgrade docs)\n',
  },
  { text: 'Input/output error', errno: 5, advice: 'Is the MGS running?\n' },
  {
    text: 'No such device',
    errno: 19,
    advice: 'Are the lustre modules loaded?\nCheck /etc/modprobe.conf and /proc/filesystems\n',
  },
  { text: 'Permission denied', errno: 13, advice: '' },
  {
    text: 'Invalid argument',
    errno: 22,
    advice: 'This may have multiple causes.\nAre the mount options correct?\nCheck the syslog for more info.\n',
  },
  { text: 'transport endpoint shutdown', errno: 108, advice: '' },
  { text: 'Connection timed out', errno: 110, advice: '' },
] as const
