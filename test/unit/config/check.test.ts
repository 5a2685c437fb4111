import { describe, expect, test } from 'vitest'
import { check } from '../../../src/config/check.ts'
import { parseYaml } from '../../../src/config/parse-yaml.ts'
import { jobFile } from '../../../src/config/schema/job-file.ts'
import { musterFile } from '../../../src/config/schema/muster-file.ts'

const lines = (schema: typeof jobFile | typeof musterFile, text: string) =>
  check<unknown>(parseYaml(text, 'f.yaml'), schema).problems.map(({ where, text: what }) => `${where}: ${what}`)

const job = (text: string) => lines(jobFile, text)
const muster = (text: string) => lines(musterFile, text)

describe('keys', () => {
  test('an unknown key is named with its place and the nearest right one', () => {
    expect(muster('fleets:\n  cfd:\n    type: c7i.large\n    nodez: 4\n')).toEqual([
      'f.yaml:4:5: unknown key "nodez" in fleets.cfd; did you mean "nodes"?',
    ])
    expect(job('tasks_per_node: 2\n')).toEqual([
      'f.yaml:1:1: unknown key "tasks_per_node"; did you mean "tasksPerNode"?',
    ])
    expect(muster('fleets: {a: {storage: {capacitiy: 1200}}}')).toEqual([
      'f.yaml:1:24: unknown key "capacitiy" in fleets.a.storage; did you mean "capacity"?',
    ])
    expect(muster('fleets: {a: {type: {core: 4}}}\n')).toContain(
      'f.yaml:1:21: unknown key "core" in fleets.a.type; did you mean "cores"?',
    )
    expect(job('prepare: {scrpt: make}\n')).toContain(
      'f.yaml:1:11: unknown key "scrpt" in prepare; did you mean "script"?',
    )
  })

  test('one that is near to nothing gets the whole list', () => {
    expect(muster('xyzzy: 1\n')).toEqual([
      'f.yaml:1:1: unknown key "xyzzy"; known are cloud, region, profile, defaultFleet, limits, fleets',
    ])
  })

  test('a key that is there twice', () => {
    expect(job('nodes: 1\nnodes: 2\n')).toEqual(['f.yaml:2:1: this key is there twice'])
  })
})

describe('values', () => {
  test.each([
    ['nodes: 0', 'nodes is 0; it must be a whole number from 1 to 1000, the most that EC2 launches all or nothing'],
    ['nodes: -1', 'nodes is -1; it must be a whole number from 1 to 1000'],
    ['nodes: 1000000000', 'nodes is 1000000000; it must be'],
    ['nodes: 1.5', 'nodes is 1.5; it must be'],
    ['nodes: .inf', 'nodes is Infinity; it must be'],
    ['nodes: "4"', 'nodes is "4"; it must be'],
    ['nodes: four', 'nodes is "four"; it must be'],
    ['nodes:', 'nodes is empty; it must be'],
    ['nodes: [1]', 'nodes is a list; it must be'],
    ['launcher: slurm', 'launcher is "slurm"; it must be mpi, torchrun or shell'],
    ['timeLimit: 90', 'timeLimit is 90; it must be a time such as 90s, 10m, 2h or 1d, from 1s to 365d'],
    ['timeLimit: 0s', 'timeLimit is "0s"; it must be a time'],
    ['timeLimit: 366d', 'timeLimit is "366d"; it must be a time'],
    ['name: ""', 'name is empty; it must be a name'],
    ['name: "a\\0b"', 'name is "a\\u0000b"; it must be a name'],
    ['command: ""', 'command is empty; it must have at least one word'],
    ['command: []', 'command is a list; it must have at least one word'],
    ['command: ["", a]', 'command is a list; it must start with a program'],
    [`command: "echo 'a"`, `command is "echo 'a"; it has a quote ' that is never closed (its character 6)`],
    ['command: [a, [b]]', 'command[1] is a list; it must be a command'],
    ['command: [a, null]', 'command[1] is empty; it must be a command'],
    ['command: [a, "\\0"]', 'command[1] is "\\u0000"; it may not have a NUL byte'],
    ['command: {a: 1}', 'command is a mapping; it must be a command'],
    ['script: "  "', 'script is "  "; it must be the text of a shell script'],
    ['env: [A=1]', 'env is a list; it must be a mapping of names to values'],
    ['env: {1A: x}', 'name "1A" in env is not allowed; it must be a name of letters, digits and _, no digit first'],
    ['env: {A B: x}', 'name "A B" in env is not allowed'],
    ['env: {A: }', 'env.A is empty; it must be text, a number, true or false ("" for an empty value)'],
    ['env: {A: [1]}', 'env.A is a list; it must be text'],
    ['env: {A: "\\0"}', 'env.A is "\\u0000"; it may not have a NUL byte'],
    ['outputs: /etc/passwd', 'outputs is "/etc/passwd"; it must be a pattern inside the work directory'],
    ['outputs: [a, b/../../c]', 'outputs[1] is "b/../../c"; it must be a pattern inside'],
    ['outputs: [""]', 'outputs[0] is empty; it must be a pattern inside'],
    ['outputs: ["a\\nb"]', 'outputs[0] is "a\\nb"; it must be a pattern inside'],
    ['fleet: "a b"', 'fleet is "a b"; it must be a name of letters'],
    ['[1, 2]', 'the file is a list; it'],
    ['just text', 'the file is "just text"; it'],
  ])('%s', (text, problem) => {
    const found = job(text)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(problem)
    expect(found[0]).toMatch(/^f\.yaml:1:\d+: /)
  })

  test.each([
    ['cloud: azure', 'cloud is "azure"; it must be sandbox or aws'],
    ['region: nowhere', 'region is "nowhere"; it must be an AWS region such as us-east-1'],
    ['fleets: {a: {efa: true}}', 'fleets.a.efa is true; it must be auto, required or off'],
    ['fleets: []', 'fleets is a list; it must be a mapping of fleet names'],
    ['fleets: {"a b": {}}', 'name "a b" in fleets is not allowed; it must be a name of letters'],
    ['fleets: {a: {storage: 1}}', 'fleets.a.storage is 1; it must be none, or a mapping with capacity'],
    ['fleets: {a: {storage: }}', 'fleets.a.storage is empty; it must be none, or a mapping with capacity'],
    [
      'fleets: {a: {storage: {capacity: 1 TB}}}',
      'fleets.a.storage.capacity is "1 TB"; it must be a size such as 1200 GiB or 2.4 TiB',
    ],
    ['fleets: {a: {storage: {mount: /}}}', 'fleets.a.storage.mount is "/"; it must be an absolute path'],
    ['fleets: {a: {storage: {mount: /a/../b}}}', 'fleets.a.storage.mount is "/a/../b"; it must be'],
    [
      'fleets: {a: {storage: {throughput: 126}}}',
      'fleets.a.storage.throughput is 126; it must be 125, 250, 500 or 1000',
    ],
    ['fleets: {a: {placement: near}}', 'fleets.a.placement is "near"; it must be cluster, spread, partition or none'],
    ['fleets: {a: {type: []}}', 'fleets.a.type is a list; it must name at least one'],
    ['fleets: {a: {type: [c7i.large, c7i.large]}}', 'fleets.a.type is a list; it must name each one once'],
    ['fleets: {a: {type: 7}}', 'fleets.a.type is 7; it must be an EC2 instance type such as hpc7g.16xlarge, a list of'],
    ['fleets: {a: {type: {cores: 0}}}', 'fleets.a.type.cores is 0; it must be a whole number from 1 to 1024'],
    ['fleets: {a: {type: {memory: 64}}}', 'fleets.a.type.memory is 64; it must be a size such as 256 GiB'],
    ['fleets: {a: {type: {memory: 64 GB}}}', 'fleets.a.type.memory is "64 GB"; it must be a size such as 256 GiB'],
    ['fleets: {a: {type: {}}}', 'it must say at least one of cores, memory, architecture and gpus'],
    ['fleets: {a: {nodes: {min: 3, max: 2}}}', 'it must have a min that is not above its max'],
    ['fleets: {a: {nodes: {min: 3}}}', 'fleets.a.nodes.max is missing; it must be a whole number from 1 to 1000'],
    ['fleets: {a: {capacity: on-spot}}', 'fleets.a.capacity is "on-spot"; it must be on-demand, spot, reservation or'],
    ['fleets: {a: {capacity: [spot, free]}}', 'fleets.a.capacity[1] is "free"; it must be on-demand, spot,'],
    ['fleets: {a: {reservation: r-1}}', 'fleets.a.reservation is "r-1"; it must be the id of a capacity reservation'],
    ['fleets: {a: {order: cheap}}', 'fleets.a.order is "cheap"; it must be listed or price'],
    ['fleets: {a: {zones: [us-east-1]}}', 'fleets.a.zones[0] is "us-east-1"; it must be an availability zone'],
    ['fleets: {a: {zones: all}}', 'fleets.a.zones is "all"; it must be auto, or a list of availability zones'],
  ])('%s', (text, problem) => {
    const found = muster(text)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(problem)
  })

  test('everything that is wrong is told at once', () => {
    expect(job('nodes: 0\ntasksPerNode: -3\nlauncer: mpi\noutputs: [../x, /y]\n')).toHaveLength(5)
  })

  test('no control character of the file reaches the message', () => {
    const [line] = job('launcher: "\\e[31m\\x9b31m\\u2028"\n')
    // eslint-disable-next-line no-control-regex
    expect(line).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028]/)
  })
})

describe('YAML', () => {
  test.each([
    ['nodes: [1,\n', /^f\.yaml:2:1: .*\]/],
    ['a: b: c\n', /^f\.yaml:1:4: /],
    ['name: x\n\tnodes: 2\n', /^f\.yaml:2:1: a tab indents/],
    ['name: x\n---\nname: y\n', /^f\.yaml:2:1: a second document/],
    ['name: !secret x\n', /^f\.yaml:1:7: unresolved tag/],
    ['name: *nowhere\n', /^f\.yaml:1:7: alias \*nowhere has no anchor/],
    [`name: ${'['.repeat(5000)}`, /^f\.yaml:1:\d+: it is nested too deeply/],
  ])('%j', (text, problem) => {
    const found = job(text)
    expect(found.length).toBeGreaterThan(0)
    expect(found[0]).toMatch(problem)
  })

  test('a bomb of aliases is refused, a few are fine', () => {
    const bomb = [
      'a0: &a0 [x, x, x, x, x, x, x, x, x]',
      ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`),
    ]
    expect(job(bomb.join('\n'))).toEqual(['f.yaml:1:1: its aliases multiply too often'])
    expect(muster('fleets:\n  a: &base {nodes: 2}\n  b: *base\n')).toEqual([])
  })

  test('a circle of aliases is wrong, not endless', () => {
    expect(job('command: &a [*a]\n').join()).toContain('command[0] is a list')
  })

  test('an alias to something wrong leads to where it is written', () => {
    expect(muster('fleets:\n  a: &base {nodes: 0}\n  b: *base\n')).toEqual([
      expect.stringMatching(/^f\.yaml:2:20: fleets\.a\.nodes is 0/),
      expect.stringMatching(/^f\.yaml:2:20: fleets\.b\.nodes is 0/),
    ])
  })
})
