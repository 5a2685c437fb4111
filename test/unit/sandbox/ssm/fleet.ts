import { AwsError } from '../../../../src/sandbox/aws-error.ts'
import type { Machine, MachineResult, MachineScript } from '../../../../src/sandbox/machines/machine.ts'
import { createSsm } from '../../../../src/sandbox/services/ssm/service.ts'
import type { InstanceSummary, World } from '../../../../src/sandbox/world.ts'
import { manualClock } from '../manual-clock.ts'

/** SSM over nodes without processes: a script runs until the test ends it. */
export function ssmFleet(...instanceIds: string[]) {
  const clock = manualClock()
  const nodes = new Map(instanceIds.map((id) => [id, scriptedNode(id)]))
  const world = worldOf(clock, nodes)
  const service = createSsm(world)
  const agents = world.directories.agents
  if (!agents) throw new Error('SSM did not fill in its directory')
  const node = (id: string) => {
    const found = nodes.get(id)
    if (!found) throw new Error(`no node ${id}`)
    return found
  }
  const call = (name: string, input: object) => {
    const operation = service.operations.get(name)
    if (!operation) throw new Error(`no operation ${name}`)
    return operation.handle({ ...input }, { region: REGION, requestId: 'r', caller: CALLER })
  }
  return {
    clock,
    node,
    service,
    online: (id: string) => agents.online(REGION, id),
    lost(id: string) {
      node(id).connected = false
      agents.lost(REGION, id)
    },
    gone(id: string) {
      node(id).connected = false
      node(id).state = 'terminated'
      agents.gone(REGION, id)
    },
    /** Sends `true` unless told otherwise; gives the command's id. */
    send(input: object): string {
      const answer = call('SendCommand', {
        DocumentName: 'AWS-RunShellScript',
        Parameters: { commands: ['true'] },
        ...input,
      })
      return (answer as { Command: { CommandId: string } }).Command.CommandId
    },
    cancel: (CommandId: string, InstanceIds: string[] = []) => void call('CancelCommand', { CommandId, InstanceIds }),
    command: (CommandId: string) => first(call('ListCommands', { CommandId }), 'Commands'),
    invocation: (CommandId: string, InstanceId: string) =>
      call('GetCommandInvocation', { CommandId, InstanceId }) as Answer,
    /** `Status/StatusDetails` of every node, in order. */
    states: (CommandId: string) =>
      (call('ListCommandInvocations', { CommandId }) as Record<string, Answer[]>)['CommandInvocations']?.map(
        ({ Status, StatusDetails }) =>
          Status === StatusDetails ? Status : `${String(Status)}/${String(StatusDetails)}`,
      ),
    describe: (input: object = {}) =>
      (call('DescribeInstanceInformation', input) as Record<string, Answer[]>)['InstanceInformationList'] ?? [],
    errorOf(act: () => unknown): string {
      try {
        act()
      } catch (error) {
        if (error instanceof AwsError) return error.code
        throw error
      }
      return 'none'
    },
  }
}

export type Answer = Record<string, unknown>

const REGION = 'us-east-1'
const CALLER = { account: '000000000000', arn: '', userId: '', instanceId: null }

function first(answer: object, member: string): Answer {
  const [found] = (answer as Record<string, Answer[]>)[member] ?? []
  if (!found) throw new Error(`no ${member}`)
  return found
}

interface ScriptedNode extends Machine {
  connected: boolean
  state: InstanceSummary['state']
  readonly running: { readonly script: MachineScript; end(result: Partial<MachineResult>): Promise<void> }[]
  readonly cancelled: string[]
}

function scriptedNode(instanceId: string): ScriptedNode {
  const node: ScriptedNode = {
    instanceId,
    connected: true,
    state: 'running',
    running: [],
    cancelled: [],
    run: (script) =>
      node.connected
        ? new Promise((resolve) => {
            const run = {
              script,
              end: async (result: Partial<MachineResult>) => {
                node.running.splice(node.running.indexOf(run), 1)
                resolve({ ended: 'exited', exitCode: 0, stdout: '', stderr: '', ...result })
                await new Promise(setImmediate)
              },
            }
            node.running.push(run)
          })
        : Promise.reject(new Error('no agent')),
    cancel: (id) => void node.cancelled.push(id),
    destroy: () => Promise.resolve(),
  }
  return node
}

function worldOf(clock: World['clock'], nodes: ReadonlyMap<string, ScriptedNode>): World {
  const summary = (id: string): InstanceSummary | undefined => {
    const node = nodes.get(id)
    return (
      node && {
        instanceId: id,
        state: node.state,
        tags: new Map([['Name', id]]),
        privateIp: '172.31.0.9',
        hostname: `${id}.ec2.internal`,
        instanceProfile: null,
      }
    )
  }
  return {
    account: '000000000000',
    clock,
    pace: { describeLagMs: 250, pingLostMs: 3000 },
    directories: {
      instances: {
        find: (_region: string, id: string) => summary(id),
        list: () => [...nodes.keys()].flatMap((id) => summary(id) ?? []),
        machine: (_region: string, id: string) => nodes.get(id),
      },
    },
  } as unknown as World
}
