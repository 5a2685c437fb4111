import { expect, it } from 'vitest'
import { sayUnfit, unfit, type FitQuestion } from '../../../../src/core/capacity/fit.ts'
import type { ImageFacts } from '../../../../src/core/fleet/image-facts.ts'
import type { InstanceFacts } from '../../../../src/core/fleet/instance-facts.ts'
import { type } from './sample.ts'

const image: ImageFacts = { id: 'ami-1', name: 'one', architecture: 'arm64', ena: true, rootDeviceName: null }
const plain: FitQuestion = { wanted: { efa: 'auto', placement: 'cluster' }, image: null, tasksPerNode: null }

it.each<[string | null, Partial<InstanceFacts>, Partial<FitQuestion>]>([
  [null, {}, { image, tasksPerNode: 64 }],
  [null, { efaInterfaces: 0 }, {}],
  ['has no EFA', { efaInterfaces: 0 }, { wanted: { efa: 'required', placement: 'none' } }],
  ['cannot be in a cluster placement group', { placements: ['spread'] }, {}],
  [null, { placements: [] }, { wanted: { efa: 'auto', placement: 'none' } }],
  ['has 64 cores, too few for 65 tasks per node', {}, { tasksPerNode: 65 }],
  [
    'does not go with its image: image ami-1 (one) is for arm64, but a.large is x86_64',
    { architecture: 'x86_64' },
    { image },
  ],
  [
    'does not go with its image: image ami-1 (one) lacks ENA, which a.large requires',
    { ena: 'required' },
    { image: { ...image, ena: false } },
  ],
  [null, { ena: 'supported' }, { image: { ...image, ena: false } }],
  ['has no ENA network, and nodes of a cluster placement group are to be fast together', { ena: 'unsupported' }, {}],
  [null, { ena: 'unsupported' }, { wanted: { efa: 'auto', placement: 'none' } }],
])('%s', (words, facts, question) => {
  const why = unfit(type('a.large', facts), { ...plain, ...question })
  expect(why && sayUnfit(why)).toBe(words)
})
