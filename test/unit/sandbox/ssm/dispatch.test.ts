import { describe, expect, it } from 'vitest'
import { ssmFleet } from './fleet.ts'

const A = 'i-0000000000000000a'
const B = 'i-0000000000000000b'
const C = 'i-0000000000000000c'
const LAG = 250

function fleet() {
  const made = ssmFleet(A, B, C)
  for (const id of [A, B, C]) made.online(id)
  return made
}

describe('a command', () => {
  it('runs at once, but lists show it only after the lag', async () => {
    const ssm = fleet()
    const id = ssm.send({ InstanceIds: [A], Parameters: { commands: ['echo $0', 'exit 3'], executionTimeout: ['60'] } })
    expect(ssm.node(A).running.map(({ script }) => script)).toEqual([
      {
        id,
        text: 'echo $0\nexit 3',
        workingDirectory: null,
        timeoutMs: 60_000,
        env: { AWS_SSM_INSTANCE_ID: A, AWS_SSM_REGION_NAME: 'us-east-1' },
      },
    ])
    expect(ssm.errorOf(() => ssm.invocation(id, A))).toBe('InvocationDoesNotExist')
    expect(ssm.states(id)).toEqual([])
    ssm.clock.advance(LAG)
    expect(ssm.invocation(id, A)).toMatchObject({ Status: 'InProgress', ResponseCode: -1, StandardOutputContent: '' })
    ssm.clock.advance(1750)
    await ssm.node(A).running[0]?.end({ exitCode: 3, stdout: 'sh\n' })
    expect(ssm.invocation(id, A)).toMatchObject({
      Status: 'Failed',
      StatusDetails: 'Failed',
      ResponseCode: 3,
      ExecutionElapsedTime: 'PT2S',
      ExecutionStartDateTime: '2026-09-01T00:00:00.000Z',
      ExecutionEndDateTime: '2026-09-01T00:00:02.000Z',
      StandardOutputContent: 'sh\n',
      StandardErrorContent: 'failed to run commands: exit status 3',
    })
    expect(ssm.command(id)).toMatchObject({ Status: 'Failed', TargetCount: 1, CompletedCount: 1, ErrorCount: 1 })
    expect(ssm.clock.pending()).toBe(0)
  })

  it('is held back by MaxConcurrency, and ended by MaxErrors', async () => {
    const ssm = fleet()
    const id = ssm.send({ InstanceIds: [A, B, C], MaxConcurrency: '1' })
    ssm.clock.advance(LAG)
    expect(ssm.states(id)).toEqual(['InProgress', 'Pending', 'Pending'])
    await ssm.node(A).running[0]?.end({})
    expect(ssm.states(id)).toEqual(['Success', 'InProgress', 'Pending'])
    await ssm.node(B).running[0]?.end({ exitCode: 1 })
    expect(ssm.states(id)).toEqual(['Success', 'Failed', 'Cancelled/Terminated'])
    expect(ssm.node(C).running).toEqual([])
    expect(ssm.command(id)).toMatchObject({ Status: 'Failed', CompletedCount: 3, ErrorCount: 1 })
  })

  it('leaves at most five running on a node', async () => {
    const ssm = fleet()
    const ids = Array.from({ length: 7 }, () => ssm.send({ InstanceIds: [A] }))
    ssm.clock.advance(LAG)
    expect(ssm.node(A).running).toHaveLength(5)
    expect(ssm.states(ids[6] ?? '')).toEqual(['Pending'])
    await ssm.node(A).running[0]?.end({})
    expect(ssm.node(A).running).toHaveLength(5)
    expect(ssm.states(ids[5] ?? '')).toEqual(['InProgress'])
  })
})

describe('a node whose agent is lost', () => {
  it('gets its commands when it is back', () => {
    const ssm = fleet()
    ssm.lost(A)
    expect(ssm.describe()[0]).toMatchObject({ InstanceId: A, PingStatus: 'Online' })
    ssm.clock.advance(3000)
    expect(ssm.describe()[0]).toMatchObject({ PingStatus: 'ConnectionLost' })
    const id = ssm.send({ InstanceIds: [A] })
    ssm.clock.advance(LAG)
    expect(ssm.states(id)).toEqual(['Delayed'])
    ssm.node(A).connected = true
    ssm.online(A)
    expect(ssm.states(id)).toEqual(['InProgress'])
    expect(ssm.describe()[0]).toMatchObject({ PingStatus: 'Online' })
  })

  it('times out where it does not come back', () => {
    const ssm = fleet()
    ssm.lost(A)
    const id = ssm.send({ InstanceIds: [A], TimeoutSeconds: 30 })
    ssm.clock.advance(29_999)
    expect(ssm.states(id)).toEqual(['Delayed'])
    ssm.clock.advance(1)
    expect(ssm.states(id)).toEqual(['TimedOut/DeliveryTimedOut'])
    expect(ssm.command(id)).toMatchObject({
      Status: 'TimedOut',
      StatusDetails: 'DeliveryTimedOut',
      ErrorCount: 0,
      DeliveryTimedOutCount: 1,
    })
    expect(ssm.invocation(id, A)).toMatchObject({
      ResponseCode: -1,
      ExecutionStartDateTime: '',
      ExecutionElapsedTime: '',
    })
    expect(ssm.clock.pending()).toBe(0)
  })

  it('in the middle of a command leaves it InProgress until the command expires', async () => {
    const ssm = fleet()
    const id = ssm.send({
      InstanceIds: [A],
      TimeoutSeconds: 30,
      Parameters: { commands: ['true'], executionTimeout: ['60'] },
    })
    ssm.gone(A)
    await ssm.node(A).running[0]?.end({ ended: 'lost', exitCode: -1 })
    ssm.clock.advance(89_999)
    expect(ssm.states(id)).toEqual(['InProgress'])
    expect(ssm.describe().map(({ InstanceId }) => InstanceId)).toEqual([B, C])
    ssm.clock.advance(1)
    expect(ssm.states(id)).toEqual(['TimedOut/DeliveryTimedOut'])
  })

  it('is undeliverable once it is terminated', () => {
    const ssm = fleet()
    ssm.lost(A)
    const id = ssm.send({ InstanceIds: [A] })
    ssm.gone(A)
    ssm.clock.advance(LAG)
    expect(ssm.states(id)).toEqual(['Failed/Undeliverable'])
    expect(ssm.errorOf(() => ssm.send({ InstanceIds: [A] }))).toBe('InvalidInstanceId')
  })

  it('that refuses a script is not asked without end', async () => {
    const ssm = fleet()
    ssm.node(A).connected = false
    const id = ssm.send({ InstanceIds: [A] })
    await new Promise(setImmediate)
    ssm.clock.advance(LAG)
    expect(ssm.states(id)).toEqual(['Delayed'])
    ssm.node(A).connected = true
    ssm.online(A)
    expect(ssm.states(id)).toEqual(['InProgress'])
  })
})

describe('a cancel', () => {
  it('kills what runs and takes back what waits', async () => {
    const ssm = fleet()
    const id = ssm.send({ InstanceIds: [A, B, C], MaxConcurrency: '1' })
    ssm.clock.advance(LAG)
    ssm.cancel(id)
    expect(ssm.node(A).cancelled).toEqual([id])
    expect(ssm.states(id)).toEqual(['Cancelling', 'Cancelled', 'Cancelled'])
    expect(ssm.command(id)).toMatchObject({ Status: 'Cancelling' })
    await ssm.node(A).running[0]?.end({ ended: 'cancelled', exitCode: 137, stdout: 'partly' })
    expect(ssm.states(id)).toEqual(['Cancelled', 'Cancelled', 'Cancelled'])
    expect(ssm.command(id)).toMatchObject({ Status: 'Cancelled', StatusDetails: 'Cancelled' })
    expect(ssm.invocation(id, A)).toMatchObject({ ResponseCode: 137, StandardOutputContent: '' })
  })

  it('leaves alone what has ended, and the nodes that it does not name', async () => {
    const ssm = fleet()
    const id = ssm.send({ InstanceIds: [A, B] })
    ssm.clock.advance(LAG)
    await ssm.node(A).running[0]?.end({})
    ssm.cancel(id, [A])
    expect(ssm.states(id)).toEqual(['Success', 'InProgress'])
    expect(ssm.errorOf(() => ssm.cancel(id, [C]))).toBe('InvalidInstanceId')
    expect(ssm.errorOf(() => ssm.cancel(id, [A, A]))).toBe('DuplicateInstanceId')
    expect(ssm.errorOf(() => ssm.cancel('0'.repeat(36)))).toBe('InvalidCommandId')
  })
})

it('closing leaves no timer', async () => {
  const ssm = fleet()
  ssm.send({ InstanceIds: [A, B], MaxConcurrency: '1' })
  ssm.lost(C)
  ssm.send({ InstanceIds: [C] })
  await ssm.service.close?.()
  expect(ssm.clock.pending()).toBe(0)
})
