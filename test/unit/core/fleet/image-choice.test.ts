import { expect, test } from 'vitest'
import { imageName, imageProblem } from '../../../../src/core/fleet/image-choice.ts'
import type { InstanceFacts } from '../../../../src/core/fleet/instance-facts.ts'
import { facts } from '../plan/model-world.ts'

const image = { id: 'ami-1', name: 'al2023', architecture: 'arm64', ena: true, rootDeviceName: '/dev/xvda' } as const

test.for([
  ['auto', 'arm64', 0, '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64'],
  ['auto', 'x86_64', 0, '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64'],
  [
    'auto',
    'x86_64',
    8,
    '/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-amazon-linux-2023/latest/ami-id',
  ],
  [
    'auto',
    'arm64',
    1,
    '/aws/service/deeplearning/ami/arm64/base-oss-nvidia-driver-gpu-amazon-linux-2023/latest/ami-id',
  ],
  ['ami-0a', 'x86_64', 8, 'ami-0a'],
  ['/my/image', 'arm64', 0, '/my/image'],
] as const)('image %s on %s with %d GPUs is %s', ([name, architecture, gpus, expected]) => {
  expect(imageName(name, { architecture, gpus })).toBe(expected)
})

test.for([
  ['nothing', {}, {}, null],
  ['an image that does not say its architecture is tried', { architecture: null }, {}, null],
  [
    'another architecture',
    { architecture: 'x86_64' },
    {},
    /ami-1 \(al2023\) is for x86_64, but hpc7g.16xlarge is arm64/,
  ],
  [
    'no ENA where it is required',
    { ena: false },
    { ena: 'required' },
    /ami-1 \(al2023\) lacks ENA, which hpc7g.16xlarge requires/,
  ],
  ['no ENA where it is not', { ena: false }, { ena: 'supported' }, null],
] as const)('what is wrong: %s', ([, ofImage, ofType, problem]) => {
  const type: InstanceFacts = { ...facts, instanceType: 'hpc7g.16xlarge', architecture: 'arm64', ...ofType }
  const said = imageProblem({ ...image, ...ofImage }, type)
  if (problem === null) expect(said).toBeNull()
  else expect(said).toMatch(problem)
})
