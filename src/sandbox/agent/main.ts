/**
 * The program inside every node: registers with the sandbox over file descriptor 3, runs scripts, serves the instance
 * metadata, leads the endpoint's port to the sandbox. When the sandbox goes, it exits, and with it the whole node.
 */
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { forward } from './forward.ts'
import type { AgentSettings, ToAgent } from './messages.ts'
import { metadataServer } from './metadata-server.ts'
import { mountLustre } from './mount-lustre.ts'
import { nameServer } from './name-server.ts'
import { powerSwitch } from './power.ts'
import { reboot } from './reboot.ts'
import { listenForRequests } from './requests.ts'
import type { Reply, Request } from './requests.ts'
import { sandboxLink } from './sandbox-link.ts'
import { scriptEnvironment, scripts } from './scripts.ts'
import { isToShell, shells } from './shells.ts'

const settings = JSON.parse(process.env['MUSTER_AGENT_SETTINGS'] ?? 'null') as AgentSettings
const channel = new Socket({ fd: 3 })
const link = sandboxLink(channel, (message) => void handle(message))
let environment = scriptEnvironment(settings)
const running = scripts(settings, () => environment, link.send)
const terminals = shells(settings, () => environment, link.send)
const power = powerSwitch((kind) => {
  if (kind === 'poweroff') link.send({ type: 'poweroff' })
  else reboot(settings)
})

channel.on('error', () => channel.destroy())
channel.on('end', () => channel.destroy())
channel.on('close', () => void leave())

if (settings.forward !== null) forward(settings.forward.socket).listen(settings.forward.port, '127.0.0.1')
listenForRequests(settings.requests, answer)
await Promise.all([serveMetadata(), serveNames()])
await sshdListens()
link.send({ type: 'hello' })

async function handle(message: ToAgent): Promise<void> {
  if (message.type === 'run') return running.run(message)
  if (message.type === 'cancel') return running.cancel(message.id)
  if (isToShell(message)) return terminals.handle(message)
  if (message.type !== 'user-data') return
  const { runUserData } = await import('./run-user-data.ts')
  const data = Buffer.from(message.base64, 'base64')
  const { AWS_SSM_INSTANCE_ID: _id, AWS_SSM_REGION_NAME: _region, ...env } = environment
  link.send({ type: 'user-data-ended', ...(await runUserData(data, settings.root, env)) })
}

async function serveMetadata(): Promise<void> {
  const server = metadataServer(async (path) => {
    const found = await link.ask({ about: 'metadata', path })
    return found.kind === 'text' ? Buffer.from(found.base64, 'base64') : undefined
  })
  await once(server.listen(settings.metadata.port, settings.metadata.host), 'listening')
  if (settings.metadata.port !== 0) return
  const { address, port } = server.address() as AddressInfo
  environment = { ...environment, AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://${address}:${port}` }
}

async function serveNames(): Promise<void> {
  if (settings.names === null) return
  const { host, domain } = settings.names
  await once(nameServer(domain).bind(53, host), 'listening')
}

async function answer(request: Request): Promise<Reply> {
  if (request.program === 'mount.lustre') return mountLustre(request.words, settings, link.ask)
  return power(request.program, request.words)
}

/** A node that is online must answer ssh too: the first command may already start a job across nodes. */
async function sshdListens(): Promise<void> {
  const deadline = Date.now() + 5000
  while (settings.sshdPidFile !== null && !existsSync(settings.sshdPidFile) && Date.now() < deadline) await sleep(3)
}

/** In a namespace the kernel ends the node with its process 1; a process node's processes must be found. */
async function leave(): Promise<void> {
  if (settings.root !== '') {
    const { endProcesses, processesOfNode } = await import('./processes.ts')
    await endProcesses(processesOfNode(settings.root)).catch(() => {})
  }
  process.exit(0)
}
