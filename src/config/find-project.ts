import { access } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** The nearest muster.yaml at or above `cwd`, not looking beyond the top of a git repository; null where there is none. */
export async function findProjectFile(cwd: string): Promise<string | null> {
  for (let folder = cwd; ; folder = dirname(folder)) {
    for (const name of ['muster.yaml', 'muster.yml']) {
      if (await exists(join(folder, name))) return join(folder, name)
    }
    if (folder === dirname(folder) || (await exists(join(folder, '.git')))) return null
  }
}

/** The places of the user's own file, the first that exists counts. */
export async function findUserFile(env: Readonly<Record<string, string | undefined>>): Promise<string | null> {
  const config = env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config')
  const places = [join(config, 'muster', 'muster.yaml')]
  if (env['MUSTER_HOME']) places.unshift(join(env['MUSTER_HOME'], 'config.yaml'))
  for (const place of places) if (await exists(place)) return place
  return null
}

/** True also for what exists and cannot be read: that is told later, not passed over. */
async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  )
}
