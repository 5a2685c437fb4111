import { expect, test } from 'vitest'
import { jsonSchema } from '../../../src/config/json-schema.ts'

test('editors learn the keys, the kinds and that nothing else is allowed', () => {
  expect(jsonSchema('job')).toMatchObject({
    type: 'object',
    additionalProperties: false,
    properties: {
      nodes: { type: 'integer', minimum: 1, maximum: 1000 },
      launcher: { enum: ['mpi', 'torchrun', 'shell'] },
    },
  })
  expect(jsonSchema('muster')).toMatchObject({
    additionalProperties: false,
    properties: { fleets: { additionalProperties: { additionalProperties: false } } },
  })
})
