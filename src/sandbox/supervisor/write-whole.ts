import { renameSync, writeFileSync } from 'node:fs'

/** Writes a small file so that a reader sees the old one or the new one, never half; for nobody else's eyes. */
export function writeWhole(path: string, text: string): void {
  const aside = `${path}.${process.pid}.new`
  writeFileSync(aside, text, { mode: 0o600 })
  renameSync(aside, path)
}
