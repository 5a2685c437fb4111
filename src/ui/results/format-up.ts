import { table } from '../table.ts'
import type { Theme } from '../theme.ts'
import { headline, phaseLines } from './result-line.ts'

export interface UpSummary {
  readonly fleet: string
  readonly instanceType: string
  readonly nodes: readonly { readonly name: string; readonly id: string; readonly ip: string; readonly zone: string }[]
  readonly warm: boolean
  readonly phases: readonly { readonly name: string; readonly ms: number }[]
}

/** What `muster up` says in the end: the nodes, and what took how long. */
export function formatUp(up: UpSummary, theme: Theme, columns?: number): string[] {
  const was = up.warm ? 'was ready already' : 'is ready'
  const rows = up.nodes.map((node) => [node.name, node.id, node.ip, node.zone])
  return [
    headline(true, `${up.fleet} ${was}: ${up.nodes.length} x ${up.instanceType}`, theme),
    ...table([{ title: 'NODE' }, { title: 'INSTANCE' }, { title: 'IP' }, { title: 'ZONE' }], rows, columns),
    ...(up.warm ? [] : phaseLines(up.phases, theme)),
  ]
}
