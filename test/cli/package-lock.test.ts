import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './fixtures/run.ts'

interface Lock {
  readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>
}

/**
 * A registry that lacks packages of other platforms makes npm write a lock file without them, and `npm ci` then refuses it
 * on every machine that asks the same registry. So the lock file names them all, also those whose hash is not known here.
 */
test("the lock file names every platform's package", () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock
  const named = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/'))))
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
  expect(wanted.length).toBeGreaterThan(50)
  expect(wanted.filter((name) => !named.has(`node_modules/${name}`))).toEqual([])
})
