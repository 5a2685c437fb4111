/** Spot's word that it will take a node, by instance id, and when. */
export interface NodeNotice {
  readonly node: string
  readonly until: number
}
