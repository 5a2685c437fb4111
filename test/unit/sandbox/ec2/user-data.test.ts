import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeUserData } from '../../../../src/sandbox/services/ec2/launch/user-data.ts'

test('user data comes out as it went in, also when its base64 is folded', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 2000 }), (bytes) => {
      const folded = Buffer.from(bytes).toString('base64').replaceAll(/.{76}/g, '$&\n')
      expect(decodeUserData(folded)).toEqual(new Uint8Array(bytes))
    }),
  )
})

test('the limit counts decoded bytes', () => {
  expect(decodeUserData(Buffer.alloc(16_384).toString('base64'))).toHaveLength(16_384)
  expect(() => decodeUserData(Buffer.alloc(16_385).toString('base64'))).toThrow('User data is limited to 16384 bytes')
  expect(decodeUserData(undefined)).toBeNull()
  expect(decodeUserData('')).toBeNull()
  expect(() => decodeUserData('#!/bin/sh')).toThrow(/BASE64/)
})
