import type { BakeResult, ImageList, ImageRemoval } from '../../app/results/images-and-storage.ts'
import { sanitise } from '../sanitise.ts'
import { table } from '../table.ts'
import type { Theme } from '../theme.ts'
import { showDuration } from '../units.ts'
import { headline } from './result-line.ts'

/** The id, and the line for muster.yaml. */
export function formatBake({ fleet, image, name }: BakeResult, theme: Theme): string[] {
  return [
    headline(true, sanitise(`${image} (${name})`), theme),
    `  image: ${image} # in fleets.${fleet} of muster.yaml`,
  ]
}

export function formatImages({ images }: ImageList, theme: Theme, now: number, columns?: number): string[] {
  if (images.length === 0) return ['no images']
  const rows = images.map((one) => [
    one.id,
    one.name,
    one.state,
    one.architecture ?? '-',
    one.fleet,
    `${showDuration(now - one.createdAt)} ago`,
  ])
  const titles = ['IMAGE', 'NAME', 'STATE', 'ARCHITECTURE', 'FLEET', 'MADE'].map((title) => ({
    title,
    flexible: title === 'NAME',
  }))
  return [...table(titles, rows, columns), theme.faint('remove one with: muster image delete IMAGE')]
}

export function formatImageRemoval({ image, name }: ImageRemoval, theme: Theme): string[] {
  return [headline(true, sanitise(`${image} (${name}) is removed`), theme)]
}
