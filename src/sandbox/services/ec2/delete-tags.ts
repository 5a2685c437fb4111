import { invalidValue } from './errors.ts'
import { operation } from './context.ts'
import { text } from './input/leaves.ts'
import { list, required } from './input/shape.ts'
import { tag } from './input/tags.ts'
import { findResource } from './resources.ts'
import { change } from './state/lagged.ts'

const parameters = { ResourceId: required(list(text, 1000)), Tag: list(tag) }

/** Removes tags: those named (with a value: only where it matches), or all but the system's where none is named. */
export const deleteTags = operation({
  name: 'DeleteTags',
  input: parameters,
  handle(input, { region, now }) {
    const { Tag: named } = input
    if (named?.some(({ Key }) => /^aws:/i.test(Key)) === true)
      throw invalidValue("Tag keys starting with 'aws:' are reserved for internal use")
    const resources = [...new Set(input.ResourceId)].map((id) => findResource(region, id))
    const isGone = (key: string, value: string): boolean =>
      named === undefined
        ? !key.startsWith('aws:')
        : named.some((one) => one.Key === key && (one.Value === undefined || one.Value === value))
    for (const { tags } of resources)
      change(tags, new Map([...tags.current].filter(([key, value]) => !isGone(key, value))), now)
    return { return: true }
  },
})
