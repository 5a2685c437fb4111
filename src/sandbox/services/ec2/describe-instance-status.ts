import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { next, select } from './describe.ts'
import { absent, filters } from './input/filters.ts'
import type { FilterTable } from './input/filters.ts'
import { flag, text } from './input/leaves.ts'
import { paging, refusePagingWithIds } from './input/pages.ts'
import { list } from './input/shape.ts'
import { STATE_CODES } from './life/transitions.ts'
import { stateOnWire } from './render/instance.ts'
import type { Instance } from './state/instance.ts'
import { seen } from './state/lagged.ts'

const parameters = {
  ...paging({ least: 5, most: 1000 }),
  Filter: filters,
  IncludeAllInstances: flag,
  IncludeManagedResources: flag,
  InstanceId: list(text, 100),
}

/** Status checks of running instances; of all where the caller says so. */
export const describeInstanceStatus = operation({
  name: 'DescribeInstanceStatus',
  input: parameters,
  handle(input, context) {
    refusePagingWithIds(input.InstanceId, input, 'instancesSet')
    const wanted = new Map(
      [...context.region.instances].filter(
        ([id, instance]) =>
          input.IncludeAllInstances === true ||
          input.InstanceId?.includes(id) === true ||
          stateSeen(instance, context) === 'running',
      ),
    )
    const { items, nextToken } = select(
      {
        kind: 'instance',
        items: wanted,
        ids: input.InstanceId,
        filters: input.Filter,
        table: table(context),
        paging: input,
      },
      context,
    )
    const shown = items.filter(
      (instance) => input.IncludeAllInstances === true || stateSeen(instance, context) === 'running',
    )
    return { instanceStatusSet: shown.map((instance) => statusOnWire(instance, context)), ...next(nextToken) }
  },
})

const stateSeen = (instance: Instance, { horizon }: Ec2Call) => seen(instance.state, horizon).name

/** What the checks of a host that died say after it; those of an instance that does not run say nothing. */
function checkOf(instance: Instance, context: Ec2Call): 'ok' | 'impaired' | 'not-applicable' {
  if (stateSeen(instance, context) !== 'running') return 'not-applicable'
  return instance.life.impairedAt === null ? 'ok' : 'impaired'
}

/** A broken host says nothing of the volumes. */
const ebsCheckOf = (status: string): string => (status === 'impaired' ? 'ok' : status)

function statusOnWire(instance: Instance, context: Ec2Call): object {
  const status = checkOf(instance, context)
  const { impairedAt } = instance.life
  const details =
    status === 'not-applicable'
      ? []
      : [
          {
            name: 'reachability',
            status: status === 'ok' ? 'passed' : 'failed',
            ...(impairedAt === null ? {} : { impairedSince: new Date(impairedAt) }),
          },
        ]
  return {
    instanceId: instance.id,
    availabilityZone: instance.subnet.zone.name,
    availabilityZoneId: instance.subnet.zone.id,
    instanceState: stateOnWire(stateSeen(instance, context)),
    systemStatus: { status, details },
    instanceStatus: { status, details },
    attachedEbsStatus: { status: ebsCheckOf(status), details: [] },
    eventsSet: [],
  }
}

const reachability = (status: string): string | undefined =>
  status === 'not-applicable' ? undefined : status === 'ok' ? 'passed' : 'failed'

const table = (context: Ec2Call): FilterTable<Instance> => ({
  ...absent(
    'application-status.status',
    'event.code',
    'event.description',
    'event.instance-event-id',
    'event.not-after',
    'event.not-before',
    'event.not-before-deadline',
    'operator.principal',
  ),
  'attached-ebs-status.status': (instance) => ebsCheckOf(checkOf(instance, context)),
  'availability-zone': (instance) => instance.subnet.zone.name,
  'availability-zone-id': (instance) => instance.subnet.zone.id,
  'instance-state-code': (instance) => STATE_CODES[stateSeen(instance, context)],
  'instance-state-name': (instance) => stateSeen(instance, context),
  'instance-status.reachability': (instance) => reachability(checkOf(instance, context)),
  'instance-status.status': (instance) => checkOf(instance, context),
  'operator.managed': () => false,
  'system-status.reachability': (instance) => reachability(checkOf(instance, context)),
  'system-status.status': (instance) => checkOf(instance, context),
})
