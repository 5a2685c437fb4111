import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentSettings, FromAgent, ToAgent } from './messages.ts'
import { runScript } from './run-script.ts'

type Run = Extract<ToAgent, { type: 'run' }>

/** The scripts that run now, each under its command's id. */
export function scripts(
  settings: AgentSettings,
  environment: () => Readonly<Record<string, string>>,
  send: (message: FromAgent) => void,
) {
  const running = new Map<string, AbortController>()
  return {
    cancel: (id: string) => running.get(id)?.abort(),
    async run(message: Run): Promise<void> {
      const stop = new AbortController()
      running.set(message.id, stop)
      const root = message.workingDirectory === null ? '' : settings.root
      const result = await runScript({
        file: join(settings.root, orchestration(settings.instanceId, message.id), '_script.sh'),
        text: message.text,
        workingDirectory: join(root, message.workingDirectory ?? settings.cwd),
        env: { ...environment(), ...message.env },
        timeoutMs: message.timeoutMs,
        signal: stop.signal,
      }).catch((error: unknown) => ({
        ended: 'exited' as const,
        exitCode: 1,
        stdout: '',
        stderr: `failed to run commands: ${error instanceof Error ? error.message : String(error)}\n`,
      }))
      running.delete(message.id)
      send({ type: 'result', id: message.id, ...result })
    },
  }
}

/** Where the SSM agent keeps a command's files. */
function orchestration(instanceId: string, id: string): string {
  const safe = id.replaceAll(/[^A-Za-z0-9._-]/g, '_')
  return `/var/lib/amazon/ssm/${instanceId}/document/orchestration/${safe}/awsrunShellScript/0.awsrunShellScript`
}

/** HOME is not in it: the SSM agent sets none either. */
export function scriptEnvironment(settings: AgentSettings): Record<string, string> {
  return {
    ...settings.env,
    AWS_SSM_INSTANCE_ID: settings.instanceId,
    AWS_SSM_REGION_NAME: settings.region,
    ...platform(),
  }
}

function platform(): Record<string, string> {
  try {
    const release = readFileSync('/etc/os-release', 'utf8')
    const field = (name: string) => new RegExp(`^${name}="?([^"\n]*)`, 'm').exec(release)?.[1] ?? ''
    return { AWS_SSM_PLATFORM_NAME: field('NAME'), AWS_SSM_PLATFORM_VERSION: field('VERSION_ID') }
  } catch {
    return {}
  }
}
