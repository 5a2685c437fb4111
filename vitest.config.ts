import { defineConfig } from 'vitest/config'

const layer = (name: string, options: object = {}) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], ...options },
})

/** One project a layer: quick ones run side by side, what shares the machine (namespaces, processes) runs one file at a time. */
export default defineConfig({
  test: {
    projects: [
      layer('unit'),
      layer('adapter'),
      layer('contract', { testTimeout: 60_000 }),
      layer('sandbox', { testTimeout: 60_000, hookTimeout: 60_000 }),
      layer('cli', { testTimeout: 30_000 }),
      layer('e2e', { testTimeout: 180_000, hookTimeout: 180_000, fileParallelism: false }),
    ],
  },
})
