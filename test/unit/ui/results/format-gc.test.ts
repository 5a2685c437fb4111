import { expect, test } from 'vitest'
import { formatGc } from '../../../../src/ui/results/format-gc.ts'
import { createTheme } from '../../../../src/ui/theme.ts'

const theme = createTheme({}, { LANG: 'C.UTF-8' })
const NOW = Date.UTC(2026, 10, 23)
const one = { region: 'us-east-1', fleet: 'hpc', usdPerHour: 0, createdAt: null, kept: null }

test('what is left over, with its age and price, what stays and why, and what to type next', () => {
  const leftovers = [
    {
      ...one,
      kind: 'file system',
      id: 'fs-1',
      usdPerHour: 0.23,
      createdAt: NOW - 7_200_000,
      kept: 'its data are nowhere else',
    },
    { ...one, kind: 'template', id: 'lt-1', createdAt: NOW - 65_000 },
    { ...one, kind: 'placement group', id: 'muster-hpc' },
  ]
  const gc = { cloud: 'aws', leftovers, usdPerHour: { total: 0.23, known: 0.23 }, removed: false, skipped: [] }
  expect(formatGc(gc, theme, NOW)).toEqual([
    'REGION     FLEET  KIND             ID          AGE     COSTS',
    'us-east-1  hpc    file system      fs-1        2h 00m  $0.23/h  kept: its data are nowhere else',
    'us-east-1  hpc    template         lt-1        1m 05s  -        would go',
    'us-east-1  hpc    placement group  muster-hpc  -       -        would go',
    'costs, on demand, before tax and discounts: $0.23/h',
    'remove it with: muster gc --yes',
    'export its data, and remove it, with: muster down hpc',
    'give up data that are kept with: muster gc --yes --discard-data',
  ])
  expect(formatGc({ ...gc, leftovers: [] }, theme, NOW).join()).toContain('nothing is left over')
})
