import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createMachines } from '../../../src/sandbox/machines/create.ts'
import { missingPrograms } from '../../../src/sandbox/machines/programs.ts'
import { bestKind, expectNothingLeft } from './fleet.ts'

it('auto takes the best kind that really works here, and says why it is not namespaces', async () => {
  const home = mkdtempSync(join(tmpdir(), 'muster-auto-'))
  const machines = await createMachines({ kind: 'auto', home, port: 1, apiSocket: join(home, 'none.sock') })
  if (machines.reason === null) expect(machines.kind).toBe('namespace')
  else expect(machines.kind).toBe('process')
  if (bestKind === 'process') expect(machines.reason).toMatch(/root|Linux/)
  await machines.close()
  await expectNothingLeft(home)
  rmSync(home, { recursive: true })
})

it('names the programs that are missing, with the package that brings each', () => {
  const path = process.env['PATH']
  expect(missingPrograms('namespace').every(({ debianPackage }) => debianPackage !== '')).toBe(true)
  expect(missingPrograms('process').length).toBeLessThanOrEqual(missingPrograms('namespace').length)
  expect(process.env['PATH']).toBe(path)
})
