import { CreateFleetCommand, type CreateFleetCommandOutput } from '@aws-sdk/client-ec2'
import { isMusterError, MusterError } from '../../core/errors/muster-error.ts'
import type { LaunchRequest } from '../../ports/compute.ts'
import { poll } from '../poll.ts'
import { fleetFilter } from '../tags.ts'
import { instancesBy } from './describe.ts'
import type { Ec2 } from './ec2.ts'
import { fleetInput } from './launch-input.ts'
import { aboutLaunch, isTooEarly, notThere, refusal } from './refusal.ts'
import { terminate } from './terminate.ts'

/** How long a template, group or instance profile that was made a moment ago may be unknown to the launch. */
const SETTLE_MS = 60_000

/**
 * One instant fleet of one type in one zone: all nodes or none. AWS answers 200 also when it launched nothing; why is in
 * the answer's errors. Returns when AWS shows all nodes, so that whoever observes next sees them.
 */
export async function launchCohort(ec2: Ec2, request: LaunchRequest): Promise<readonly string[]> {
  const ids = await create(ec2, request)
  await poll(ec2.settings, SETTLE_MS, async () => {
    const shown = new Set((await instancesBy(ec2, [fleetFilter(request.fleet)])).map((one) => one.InstanceId))
    return ids.every((id) => shown.has(id)) ? true : undefined
  })
  if (ids.length >= request.count) return ids
  await terminate(ec2, ids)
  const { count, instanceType, zone } = request
  throw new MusterError(
    'PartialCohort',
    `asked for ${count} ${instanceType} in ${zone}, got ${ids.length}; they were terminated`,
    {
      data: { ...aboutLaunch(ec2, request, ''), wanted: count, launched: ids },
    },
  )
}

/** A refusal that time heals gets a token of its own, still the same at every run: the first token holds the refusal. */
async function create(ec2: Ec2, request: LaunchRequest): Promise<string[]> {
  let attempt = 0
  let last: unknown
  const ids = await poll(ec2.settings, SETTLE_MS, async () => {
    const token = attempt === 0 ? request.token : `${request.token.slice(0, 58)}-r${attempt}`
    attempt += 1
    try {
      return await createOnce(ec2, { ...request, token })
    } catch (error) {
      last = error
      if (isTooEarly(error)) return undefined
      throw error
    }
  })
  if (ids === null) throw notThere(last)
  return ids
}

async function createOnce(ec2: Ec2, request: LaunchRequest): Promise<string[]> {
  const answer = await asked(ec2, request)
  const ids = (answer.Instances ?? []).flatMap((one) => one.InstanceIds ?? [])
  if (ids.length === 0) throw refusal(ec2, request, answer.Errors ?? [])
  return ids
}

/** A refusal may be thrown as well: it says the same of itself as one in an answer. */
async function asked(ec2: Ec2, request: LaunchRequest): Promise<CreateFleetCommandOutput> {
  try {
    return await ec2.send(new CreateFleetCommand(fleetInput(request)))
  } catch (error) {
    if (!isMusterError(error)) throw error
    const { code, message, cause, suggestions } = error
    const data = { ...error.data, ...aboutLaunch(ec2, request, message) }
    throw new MusterError(code, message, { cause, suggestions, data })
  }
}
