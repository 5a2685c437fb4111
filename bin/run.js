// The program that bin/muster becomes. `--version` is answered from package.json alone; everything else goes to the
// built command line, rebuilt first where this is a git checkout and a source is newer than the build.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'

const root = import.meta.dirname.slice(0, -'/bin'.length)
const argv = process.argv.slice(2)

if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  const { name, version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'))
  process.stdout.write(`${name}/${version} ${process.platform}-${process.arch} node-${process.version}\n`)
} else {
  // MUSTER_NO_BUILD keeps the build that is there, for whoever edits sources while something long runs on it.
  const mayBuild = !process.env.MUSTER_NO_BUILD && existsSync(`${root}/.git`)
  if (mayBuild && sourcesAreNewer(statSync(`${root}/dist/.stamp`, { throwIfNoEntry: false })?.mtimeMs ?? 0)) {
    const { spawnSync } = await import('node:child_process')
    const built = spawnSync('sh', [`${root}/bin/set-up.sh`], { stdio: ['ignore', 'ignore', 'inherit'] })
    if (built.status !== 0) process.exit(built.status ?? 1)
  }
  const { enableCompileCache } = await import('node:module')
  enableCompileCache(`${root}/node_modules/.cache/muster`)
  const { main } = await import('../dist/cli/main.js')
  await main(argv, root)
}

/** True where a file or folder below src/ changed after `builtMs`: a folder changes when a file in it comes or goes. */
function sourcesAreNewer(builtMs) {
  const isNewer = (path) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > builtMs
  const single = ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'bin/build.js']
  if (single.some((name) => isNewer(`${root}/${name}`))) return true
  const folders = [`${root}/src`]
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    if (isNewer(folder)) return true
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) folders.push(path)
      else if (isNewer(path)) return true
    }
  }
  return false
}
