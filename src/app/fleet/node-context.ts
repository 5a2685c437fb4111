import { layout } from '../../core/job/layout.ts'
import { nodeScripts } from '../../launch/node-scripts.ts'
import type { NodeContext } from '../../launch/remote/context.ts'
import type { ObjectStore } from '../../ports/object-store.ts'

const made = new WeakMap<ObjectStore, Promise<NodeContext>>()

/** How nodes reach the bucket and which scripts they run; sends the scripts up once, under the hash of their content. */
export function nodeContext(objects: ObjectStore): Promise<NodeContext> {
  const known = made.get(objects)
  if (known) return known
  const fresh = prepare(objects)
  made.set(objects, fresh)
  fresh.catch(() => made.delete(objects))
  return fresh
}

async function prepare(objects: ObjectStore): Promise<NodeContext> {
  const [access, scripts] = await Promise.all([objects.ensure(), nodeScripts()])
  const key = layout.nodeScripts(scripts.sha256)
  if (!(await objects.has(key))) await objects.putBytes(key, scripts.archive)
  return { url: access.url, region: access.region, scriptsSha: scripts.sha256 }
}
