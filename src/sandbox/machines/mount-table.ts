import { readFile, realpath } from 'node:fs/promises'

/** The mount points of a mountinfo table (proc(5)), in the table's order. */
export function mountPoints(mountInfo: string): string[] {
  return mountInfo
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => unescapeOctal(line.split(' ')[4] ?? ''))
}

/** What is mounted at or below a folder, deepest first; empty on systems without /proc. */
export async function mountedBelow(folder: string): Promise<string[]> {
  const table = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '')
  const real = await realpath(folder).catch(() => folder)
  return mountPoints(table)
    .filter((point) => point === real || point.startsWith(`${real}/`))
    .toSorted((a, b) => b.length - a.length)
}

function unescapeOctal(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCodePoint(Number.parseInt(octal, 8)))
}
