import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { dnsAnswer } from '../../../src/sandbox/agent/dns-answer.ts'

const DOMAIN = 'eu-west-1.compute.internal'
const [A, PTR, AAAA] = [1, 12, 28]

function question(name: string, type: number): Buffer {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]))
  return Buffer.concat([
    Buffer.from([0xab, 0xcd, 0x01, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
    ...labels,
    Buffer.from([0, 0, type, 0, 1]),
  ])
}

/** Its code, how many answers it has, and the end of the message. */
function asked(name: string, type: number) {
  const answer = dnsAnswer(question(name, type), DOMAIN)!
  return { id: answer.readUInt16BE(0), code: answer[3]! & 15, answers: answer.readUInt16BE(6), answer }
}

it('tells the address of a private name, and that it has no other', () => {
  const { id, code, answers, answer } = asked(`IP-10-0-255-7.${DOMAIN}`, A)
  expect({ id, code, answers }).toEqual({ id: 0xabcd, code: 0, answers: 1 })
  expect([...answer.subarray(-6)]).toEqual([0, 4, 10, 0, 255, 7])
  expect(asked(`ip-10-0-255-7.${DOMAIN}`, AAAA)).toMatchObject({ code: 0, answers: 0 })
})

it('tells the name of an address', () => {
  const { answer, answers } = asked('7.255.0.10.in-addr.arpa', PTR)
  expect(answers).toBe(1)
  expect(answer.toString('latin1')).toContain('\rip-10-0-255-7\teu-west-1\u0007compute\u0008internal\0')
})

it.each([
  'pypi.org',
  `ip-10-0-0-256.${DOMAIN}`,
  `ip-10-0-0.${DOMAIN}`,
  'ip-10-0-0-1.ec2.internal',
  '1.0.10.in-addr.arpa',
])('knows no %s', (name) => {
  expect(asked(name, A)).toMatchObject({ code: 3, answers: 0 })
  expect(asked(name, PTR)).toMatchObject({ code: 3, answers: 0 })
})

it('answers nothing to what is no question, and reads no further than it goes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const answer = dnsAnswer(Buffer.from(bytes), DOMAIN)
      if (answer !== null) expect(answer[2]! & 0x80).toBe(0x80)
    }),
  )
  const whole = question(`ip-10-0-0-1.${DOMAIN}`, A)
  for (let length = 0; length < whole.length; length += 1)
    expect(dnsAnswer(whole.subarray(0, length), DOMAIN)).toBeNull()
})
