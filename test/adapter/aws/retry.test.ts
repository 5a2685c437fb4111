import { describe, expect, it } from 'vitest'
import { retryStrategy, type Repeat } from '../../../src/aws/retry.ts'
import { fakeIds } from '../../fakes/ids.ts'

type Kind = 'THROTTLING' | 'TRANSIENT' | 'SERVER_ERROR' | 'CLIENT_ERROR'

/** How often a call that always fails like this is sent in all, and the waits in between. */
async function attempts(repeat: Repeat, errorType: Kind, error: object = {}) {
  const strategy = retryStrategy(repeat, fakeIds())
  let token = await strategy.acquireInitialRetryToken('')
  const waits: number[] = []
  try {
    for (;;) {
      token = await strategy.refreshRetryTokenForRetry(token, { errorType, error: error as never })
      waits.push(token.getRetryDelay())
    }
  } catch {
    return { times: waits.length + 1, waits }
  }
}

describe('retries', () => {
  it('are patient with throttling, with growing waits', async () => {
    const { times, waits } = await attempts('always', 'THROTTLING', { name: 'RequestLimitExceeded' })
    expect(times).toBe(10)
    expect(waits[0]).toBeGreaterThanOrEqual(250)
    expect(waits.at(-1)).toBeGreaterThanOrEqual(10_000)
    expect(Math.max(...waits)).toBeLessThanOrEqual(20_000)
  })

  it('never repeat a lack of capacity, though AWS calls it a server error', async () => {
    const capacity = { name: 'InsufficientInstanceCapacity' }
    expect((await attempts('always', 'TRANSIENT', capacity)).times).toBe(1)
    expect((await attempts('always', 'SERVER_ERROR', capacity)).times).toBe(1)
  })

  it('repeat a lost answer only where twice is harmless', async () => {
    const lost = { name: 'TimeoutError', code: 'ECONNRESET' }
    expect((await attempts('always', 'TRANSIENT', lost)).times).toBe(5)
    expect((await attempts('never-twice', 'TRANSIENT', lost)).times).toBe(1)
    expect((await attempts('never-twice', 'THROTTLING', { name: 'ThrottlingException' })).times).toBe(10)
  })

  it('give up soon on an endpoint that is not there', async () => {
    const { times, waits } = await attempts('never-twice', 'TRANSIENT', { name: 'Error', code: 'ECONNREFUSED' })
    expect(times).toBe(4)
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(1000)
  })

  it('do not repeat what AWS refused', async () => {
    expect((await attempts('always', 'CLIENT_ERROR', { name: 'InvalidParameterValue' })).times).toBe(1)
  })
})
