import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../fakes/clock.ts'

describe('fake clock', () => {
  it('moves by itself from sleeper to sleeper, in order', async () => {
    const clock = fakeClock({ start: 0 })
    const woken: [string, number][] = []
    const sleeper = async (name: string, ms: number, times: number) => {
      for (let n = 0; n < times; n += 1) {
        await clock.sleep(ms)
        woken.push([name, clock.now()])
      }
    }
    await Promise.all([sleeper('slow', 250, 1), sleeper('quick', 100, 3)])
    expect(woken).toEqual([
      ['quick', 100],
      ['quick', 200],
      ['slow', 250],
      ['quick', 300],
    ])
    expect(clock.sleepers).toBe(0)
  })

  it('moves by hand alone where that is asked for', async () => {
    const clock = fakeClock({ start: 0, auto: false })
    let woken = false
    const sleep = clock.sleep(1000).then(() => (woken = true))
    await clock.advance(999)
    expect([woken, clock.sleepers, clock.now()]).toEqual([false, 1, 999])
    await clock.advance(1)
    await sleep
    expect([woken, clock.sleepers, clock.now()]).toEqual([true, 0, 1000])
  })

  it('rejects with the reason of an aborted signal and forgets the sleeper', async () => {
    const clock = fakeClock({ auto: false })
    const controller = new AbortController()
    const sleep = clock.sleep(1000, controller.signal)
    controller.abort(new Error('enough'))
    await expect(sleep).rejects.toThrow('enough')
    await expect(clock.sleep(1, controller.signal)).rejects.toThrow('enough')
    expect(clock.sleepers).toBe(0)
  })
})
