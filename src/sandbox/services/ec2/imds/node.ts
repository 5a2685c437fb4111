/** A place in the metadata tree: a value, one made when it is asked for, or a folder. Undefined members are not there. */
export type Node = string | (() => string | undefined) | Folder

export interface Folder {
  readonly [name: string]: Node | undefined
}
