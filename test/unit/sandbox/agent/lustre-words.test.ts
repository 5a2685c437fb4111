import { describe, expect, it } from 'vitest'
import { lustreMount, lustreRefusal } from '../../../../src/sandbox/agent/lustre-words.ts'

const words = ['fs-1.fsx.us-east-1.amazonaws.com@tcp:/abcde', '/fsx', '-o', 'rw,noatime,flock']

describe('lustreMount', () => {
  it('takes the helper’s words apart', () => {
    expect(lustreMount(words)).toEqual({
      source: words[0],
      dnsName: 'fs-1.fsx.us-east-1.amazonaws.com',
      mountName: 'abcde',
      directory: '/fsx',
      options: ['rw', 'noatime'],
    })
  })

  it('takes mount’s own words too', () => {
    expect(lustreMount(['-t', 'lustre', '-o', 'ro', 'fs@tcp:/a', '/x y'])).toMatchObject({
      directory: '/x y',
      options: ['ro'],
    })
  })

  it.each([[[]], [['fs@tcp:/a']], [['fs:/a', '/fsx']], [['fs@tcp:', '/fsx']]])('knows no mount in %j', (wrong) => {
    expect(lustreMount(wrong)).toBeUndefined()
  })
})

describe('lustreRefusal', () => {
  const mount = lustreMount(words)
  it.each([
    ['No such file or directory', 2, 'Is the MGS specification correct?'],
    ['Input/output error', 5, 'Is the MGS running?'],
    ['Connection timed out', 110, ''],
    ['something else', 5, ''],
  ])('%s', (reason, exitCode, advice) => {
    const refusal = lustreRefusal(mount as NonNullable<typeof mount>, reason)
    expect(refusal.exitCode).toBe(exitCode)
    expect(refusal.stderr).toContain(`mount.lustre: mount ${words[0]} at /fsx failed: ${reason}\n${advice}`)
  })
})
