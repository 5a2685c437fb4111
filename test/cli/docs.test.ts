import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { jsonSchema } from '../../src/config/json-schema.ts'
import { commands } from './fixtures/manifest.ts'
import { muster, root, run } from './fixtures/run.ts'

const papers = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('{docs,src}/**/*.md', { cwd: root })]
const paper = (name: string) => readFileSync(join(root, name), 'utf8')
const mentions = (text: string, words: readonly string[]) => words.filter((word) => !text.includes(word))

const codes = (text: string) => [...text.matchAll(/^(?:\| | {2})(\d+) /gm)].map(([, code]) => Number(code))

/** The sections of a paper by their headings of the second level. */
function sections(name: string): ReadonlyMap<string, string> {
  const parts = paper(name).split(/^## /m).slice(1)
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), part]))
}

test('commands.md has every command with its arguments, flags and their values, and no other', () => {
  const written = sections('docs/commands.md')
  const shared = `${written.get('Flags of every command')}${written.get('Flags of commands that talk to a cloud')}`
  const missing: string[] = []
  for (const { id, args, flags } of commands()) {
    const title = `muster ${id.replaceAll(':', ' ')}`
    const own = written.get(title) ?? ''
    const wanted = Object.entries(flags).flatMap(([name, { char, options }]) => [
      `\`--${name}`,
      ...(char ? [`\`-${char}\``] : []),
      ...(options ? [options.join('\\|')] : []),
    ])
    missing.push(...mentions(own + shared, wanted).map((word) => `${title} ${word}`))
    missing.push(
      ...mentions(
        own,
        Object.keys(args).map((name) => `[${name.toUpperCase()}]`),
      ),
    )
    const known = Object.keys(flags).map((name) => `--${name}`)
    const listed = [...own.matchAll(/^\|.*?`(--[a-z-]+)/gm)].map(([, flag]) => flag ?? '')
    missing.push(...listed.filter((flag) => !known.includes(flag)).map((flag) => `${title} has no ${flag}`))
  }
  expect(missing).toEqual([])
  const titles = [...written.keys()].filter((title) => title.startsWith('muster '))
  expect(titles.toSorted()).toEqual(
    commands()
      .map(({ id }) => `muster ${id.replaceAll(':', ' ')}`)
      .toSorted(),
  )
})

test('commands.md has the exit codes that --help has', async () => {
  const help = await Promise.all([run(muster, ['--help']), run(muster, ['run', '--help'])])
  const told = help.flatMap(({ stdout }) => codes(stdout.slice(stdout.indexOf('EXIT CODES'))))
  const written = codes(sections('docs/commands.md').get('Exit codes') ?? '')
  expect(new Set(written)).toEqual(new Set(told))
  expect(told.length).toBeGreaterThan(10)
})

test('configuration.md has every key, and every variable that muster reads or gives to a job', () => {
  const text = paper('docs/configuration.md')
  const keys = (schema: unknown): string[] => {
    if (typeof schema !== 'object' || schema === null) return []
    const properties = 'properties' in schema ? Object.keys(schema.properties as object) : []
    return [...properties, ...Object.values(schema).flatMap(keys)]
  }
  const named = [...keys(jsonSchema('muster')), ...keys(jsonSchema('job')), ...keys(jsonSchema('batch'))].filter(
    (key) => key !== 'fleets',
  )
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((key) => !new RegExp(`\`[.a-zA-Z]*${key}\``).test(text))).toEqual([])

  const ours = ['AGENT_SETTINGS', 'SANDBOX_MARK', 'SSH_PORT', 'NODE_ROOT', 'INSTALLS'].map((name) => `MUSTER_${name}`)
  const sources = globSync('{src/**/*.ts,templates/**/*.sh,bin/*}', { cwd: root })
  const read = sources.flatMap((file) => paper(file).match(/\bMUSTER_[A-Z_]*[A-Z]\b/g) ?? [])
  expect(read).toContain('MUSTER_HOME')
  expect(
    mentions(
      text,
      [...new Set(read)].filter((name) => !ours.includes(name)),
    ),
  ).toEqual([])
})

test('every file that a paper links or names exists', () => {
  const lost = papers.flatMap((name) => {
    const text = paper(name)
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link]) => link ?? '')
    const linked = links.filter((link) => !/^[a-z]+:/.test(link)).map((link) => join(dirname(name), link))
    const named = text.match(/(?<=`)(?:src|test|templates|jobs|docs)\/[\w./-]+\.\w+(?=`)/g) ?? []
    return [...linked, ...named].filter((path) => !existsSync(join(root, path))).map((path) => `${name}: ${path}`)
  })
  expect(lost).toEqual([])
  expect(papers.length).toBeGreaterThan(10)
})

test('every row of reliability.md names a test that is there', () => {
  const rows = paper('docs/reliability.md').match(/^\|.*\.test\.ts.*$/gm) ?? []
  const lost = rows.filter((row) => {
    const [, file = '', title = ''] = /\]\(\.\.\/(\S+)\): "(.*)" +\|$/.exec(row) ?? []
    return title === '' || !existsSync(join(root, file)) || !paper(file).includes(title)
  })
  expect(lost).toEqual([])
  expect(rows.length).toBeGreaterThan(40)
})

test('the examples of the README are the example job and the starter muster.yaml', () => {
  const blocks = [...paper('README.md').matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text]) => parse(text ?? ''))
  expect(blocks).toEqual([parse(paper('jobs/heat.yaml')), parse(paper('templates/muster.yaml'))])
})

test.for(['muster', 'job', 'batch'] as const)('docs/schema/%s.schema.json is what muster checks with', async (file) => {
  const text = `${JSON.stringify(jsonSchema(file), null, 2)}\n`
  await expect(text).toMatchFileSnapshot(join(root, `docs/schema/${file}.schema.json`))
})
