import { parseArgs } from 'node:util'
import { runDaemon } from './supervisor/daemon.ts'

/** The sandbox's own process, started in the background by supervisor/start.ts: `main.ts --home DIR [--nodes KIND]`. */
const { values } = parseArgs({
  options: { home: { type: 'string' }, nodes: { type: 'string', default: 'auto' } },
})
const { home, nodes } = values
const kinds = ['auto', 'namespace', 'process', 'simulated'] as const
const kind = kinds.find((each) => each === nodes)
if (home === undefined || kind === undefined) {
  console.error(`usage: main --home DIR [--nodes ${kinds.join('|')}]`)
  process.exit(2)
}
try {
  await runDaemon(home, kind)
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error)
  process.exit(1)
}
