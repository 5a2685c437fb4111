import type { Service } from '../service.ts'
import type { Incoming } from './incoming.ts'

/** Which service an unsigned request was for, so that it is refused in that service's words: by its target header or its form. */
export function guessService(request: Incoming, services: ReadonlyMap<string, Service>): Service | undefined {
  const all = [...services.values()]
  const target = request.headers['x-amz-target']
  if (target !== undefined)
    return all.find(({ protocol }) => protocol.kind === 'json' && target.startsWith(`${protocol.targetPrefix}.`))
  const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  if ((form && request.path === '/') || /(^|&)Action=/.test(request.query))
    return all.find(({ protocol }) => protocol.kind === 'ec2') ?? all.find(({ protocol }) => protocol.kind === 'query')
  return all.find(({ protocol }) => protocol.kind === 'rest-xml')
}
