import { expect, test } from 'vitest'
import type { AwsError } from '../../../../src/sandbox/aws-error.ts'
import { clientToken, flag, integer, oneOf, text } from '../../../../src/sandbox/services/ec2/input/leaves.ts'
import { anything, list, record, required, unimplemented } from '../../../../src/sandbox/services/ec2/input/shape.ts'

const parse = record({
  Color: oneOf('red', 'blue'),
  Count: integer(1, 9),
  Deep: list(record({ Id: required(text) })),
  Dry: flag,
  Lacking: unimplemented,
  Token: clientToken,
  Whatever: anything,
})

const refused = (input: unknown): [string, string] => {
  try {
    parse(input, '')
  } catch (error) {
    const { code, message } = error as AwsError
    return [code, message]
  }
  throw new Error('nothing was refused')
}

test('strings of the wire become typed values', () => {
  expect(parse({ Color: 'red', Count: '7', Deep: [{ Id: 'a' }], Dry: 'True', Whatever: { x: ['1'] } }, '')).toEqual({
    Color: 'red',
    Count: 7,
    Deep: [{ Id: 'a' }],
    Dry: true,
    Whatever: { x: ['1'] },
  })
  expect(parse(Object.create(null), '')).toEqual({})
})

test.each<[unknown, string, RegExp]>([
  [{ Nope: '1' }, 'UnknownParameter', /^The parameter Nope is not recognized$/],
  [{ Deep: [{ Id: 'a' }, { Other: 'b' }] }, 'UnknownParameter', /Deep\.2\.Other/],
  [{ Deep: [{}] }, 'MissingParameter', /^The request must contain the parameter Deep\.1\.Id$/],
  [{ Count: 'many' }, 'InvalidParameterValue', /^Invalid integer value many/],
  [{ Count: '0' }, 'InvalidParameterValue', /^Value \( 0 \) for parameter count is invalid\./],
  [{ Count: '10' }, 'InvalidParameterValue', /less than or equal to 9/],
  [{ Color: 'green' }, 'InvalidParameterValue', /^Invalid value 'green' for Color\./],
  [{ Dry: 'yes' }, 'InvalidParameterValue', /true or false/],
  [{ Lacking: 'x' }, 'UnsupportedOperation', /^The muster sandbox does not implement the parameter Lacking\.$/],
  [{ Token: 'x'.repeat(65) }, 'InvalidParameterValue', /64 ASCII/],
  [{ Count: { a: 'b' } }, 'InvalidParameterValue', /single value/],
  [{ Deep: 'x' }, 'InvalidParameterValue', /A list is expected/],
  [{ constructor: 'x' }, 'UnknownParameter', /constructor/],
])('%j is refused', (input, code, message) => {
  const [actual, words] = refused(input)
  expect(actual).toBe(code)
  expect(words).toMatch(message)
})
