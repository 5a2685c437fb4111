import { describe, expect, it } from 'vitest'
import { setups } from './worlds/setups.ts'

describe.each(setups)('Identity: $name', ({ open }) => {
  it('knows who and where we are', async () => {
    const world = await open()
    try {
      const me = await world.identity.whoAmI()
      expect(me).toMatchObject({ account: expect.stringMatching(/^\d{12}$/), region: 'us-east-1' })
      expect(me.arn).toContain(me.account)
    } finally {
      await world.close()
    }
  })
})
