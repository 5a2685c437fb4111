import { defineConfig, type TestProjectConfiguration } from 'vitest/config'

/** For layers that run muster as it is built. */
const BUILD = 'test/cli/fixtures/build.ts'

/**
 * One project a layer. Groups run one after another: what is pure, then what starts processes, then whole programs, which wait more
 * than they compute: two files of them side by side.
 */
function layer(name: string, group: number, options: object = {}): TestProjectConfiguration {
  return { test: { name, include: [`test/${name}/**/*.test.ts`], sequence: { groupOrder: group }, ...options } }
}

/**
 * What starts real processes on a machine that others share may need a second try; the reporter names it `(retry x1)`, and it is
 * a bug to be found.
 */
const SHARED = { retry: 1 }

export default defineConfig({
  test: {
    projects: [
      layer('unit', 0, { testTimeout: 30_000 }),
      layer('adapter', 0, { testTimeout: 30_000 }),
      layer('contract', 1, { testTimeout: 60_000, hookTimeout: 60_000 }),
      layer('sandbox', 1, { ...SHARED, testTimeout: 60_000, hookTimeout: 60_000 }),
      layer('cli', 1, { testTimeout: 60_000, hookTimeout: 60_000, globalSetup: BUILD }),
      layer('e2e', 2, {
        ...SHARED,
        testTimeout: 180_000,
        hookTimeout: 180_000,
        maxWorkers: 2,
        globalSetup: BUILD,
      }),
    ],
  },
})
