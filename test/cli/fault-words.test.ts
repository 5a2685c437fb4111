import { expect, test } from 'vitest'
import { faultFromWords } from '../../src/cli/fault-words.ts'
import { faultLines } from '../../src/cli/sandbox-faults.ts'
import { parseFault } from '../../src/sandbox/faults/parse.ts'

test.for([
  [['mute-agent', 'count=2'], { kind: 'mute-agent', count: 2 }],
  [['throttle', 'operation=*', 'rate=0.2'], { kind: 'throttle', operation: '*', rate: 0.2 }],
  [
    ['shortage', 'instanceType=*', 'zone=us-east-1a', 'availableZones=us-east-1b,us-east-1c'],
    { kind: 'shortage', instanceType: '*', zone: 'us-east-1a', availableZones: ['us-east-1b', 'us-east-1c'] },
  ],
  [
    ['spot-interruption', 'zone=us-east-1a', 'afterMs=30s', 'noticeMs=2m'],
    { kind: 'spot-interruption', zone: 'us-east-1a', afterMs: 30_000, noticeMs: 120_000 },
  ],
  [['dies-pending', 'count=1', 'reason=volume-limit'], { kind: 'dies-pending', count: 1, reason: 'volume-limit' }],
  [['{"kind":"storage-fails","count":1}'], { kind: 'storage-fails', count: 1 }],
] as const)('%j', ([words, fault]) => {
  expect(faultFromWords(words)).toEqual(fault)
  expect(parseFault(faultFromWords(words))).toEqual(fault)
  // As it is shown it can be typed again.
  expect(faultFromWords(faultLines([fault])[0]!.split(' '))).toEqual(fault)
})

test.for([[[]], [['mute-agent', 'count']], [['mute-agent', '=2']], [['{"kind":']]])('refuses %j', ([words]) => {
  expect(() => faultFromWords(words!)).toThrow(expect.objectContaining({ code: 'UsageInvalid' }))
})

test.for([
  { kind: 'toString' },
  { kind: 'spot-interruption', afterMs: 1 },
  { kind: 'shortage', instanceType: '*', zone: '*', purchase: 'gift' },
  { kind: 'mute-agent', count: 0 },
  { kind: 'mute-agent', count: 1, zone: 'a' },
])('%j is no fault, and the sandbox says why', (given) => {
  expect(parseFault(given)).toEqual(expect.any(String))
})
