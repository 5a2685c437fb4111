import { execFile } from 'node:child_process'
import { lstat, readdir, readFile, rmdir, stat, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { lustreMount, lustreRefusal } from './lustre-words.ts'
import type { LustreMount } from './lustre-words.ts'
import type { AgentSettings, Answer, Question } from './messages.ts'
import type { Reply } from './requests.ts'

const run = promisify(execFile)

/**
 * `mount -t lustre`: asks the sandbox for the file system's folder and puts it at the mount point, by a bind mount in a
 * namespace and by a symbolic link on a process node. Refusals have Lustre's own words and exit codes.
 */
export async function mountLustre(
  words: readonly string[],
  settings: AgentSettings,
  ask: (question: Question) => Promise<Answer>,
): Promise<Reply> {
  const mount = lustreMount(words)
  if (mount === undefined) return failed(`mount.lustre: need a source <MGS NID>:/<fsname> and a directory\n`, 1)
  const target = inNode(settings.root, mount.directory)
  const found = await stat(target).catch(() => undefined)
  if (found?.isDirectory() !== true) {
    return failed(`mount.lustre: ${mount.directory} inaccessible: No such file or directory\n`, 2)
  }
  const answer = await ask({ about: 'mount', dnsName: mount.dnsName, mountName: mount.mountName })
  if (answer.kind !== 'path') {
    const { stderr, exitCode } = lustreRefusal(mount, answer.kind === 'refusal' ? answer.refusal : 'Input/output error')
    return failed(stderr, exitCode)
  }
  try {
    const folder = answer.path.replace(settings.fileSystems.from, settings.fileSystems.to)
    return settings.mounts === 'bind' ? await bind(mount, folder) : await link(mount, folder, target)
  } catch (error) {
    return failed(`mount.lustre: ${error instanceof Error ? error.message : String(error)}\n`, 5)
  }
}

/** A process node's scripts name the mount point with or without its root before it. */
function inNode(root: string, directory: string): string {
  if (root === '' || directory.startsWith(`${root}/`)) return directory
  return join(root, resolve('/', directory))
}

async function bind(mount: LustreMount, folder: string): Promise<Reply> {
  if ((await mountPoints()).includes(mount.directory)) return alreadyMounted(mount)
  await run('mount', ['--bind', '-o', ['bind', ...mount.options].join(','), '--', folder, mount.directory])
  return done
}

async function link(mount: LustreMount, folder: string, target: string): Promise<Reply> {
  if ((await lstat(target)).isSymbolicLink()) return alreadyMounted(mount)
  if ((await readdir(target)).length > 0) {
    return failed(`mount.lustre: ${mount.directory} is not empty, and this node can only link\n`, 16)
  }
  await rmdir(target)
  await symlink(folder, target)
  return done
}

async function mountPoints(): Promise<string[]> {
  const table = await readFile('/proc/self/mounts', 'utf8')
  return table.split('\n').map((line) => (line.split(' ')[1] ?? '').replaceAll(String.raw`\040`, ' '))
}

const done: Reply = { exitCode: 0, stdout: '', stderr: '' }

function alreadyMounted(mount: LustreMount): Reply {
  const words = `according to /etc/mtab ${mount.source} is already mounted on ${mount.directory}`
  return failed(`mount.lustre: ${words}\n`, 17)
}

function failed(stderr: string, exitCode: number): Reply {
  return { exitCode, stdout: '', stderr }
}
