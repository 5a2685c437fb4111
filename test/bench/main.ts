// Runs every `*.bench.ts` beside this file (or those whose names are given) and prints one table of what they measured.
import { globSync } from 'node:fs'
import { join } from 'node:path'
import type { Bench, Row } from './row.ts'

const wanted = process.argv.slice(2)
const files = globSync('*.bench.ts', { cwd: import.meta.dirname })
  .filter((file) => wanted.length === 0 || wanted.some((name) => file.startsWith(name)))
  .toSorted()

const rows: Row[] = []
for (const file of files) {
  process.stderr.write(`measuring ${file.replace('.bench.ts', '')} ...\n`)
  const { measure } = (await import(join(import.meta.dirname, file))) as Bench
  try {
    rows.push(...(await measure()))
  } catch (error) {
    // One that fails must not cost the figures of the others.
    rows.push({ what: file.replace('.bench.ts', ''), value: 'failed' })
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}

const cells = [['what', 'value', 'limit'], ...rows.map((row) => [row.what, row.value, row.limit ?? ''])]
const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]!.length)))
for (const row of cells) {
  process.stdout.write(
    `${row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd()}\n`,
  )
}
