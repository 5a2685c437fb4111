import { invalidValue } from './errors.ts'
import { operation } from './context.ts'
import { text } from './input/leaves.ts'
import { list, required } from './input/shape.ts'
import { readTags, refuseTooMany, tag } from './input/tags.ts'
import { refuseMetadataTags } from './launch/metadata-tags.ts'
import { findResource } from './resources.ts'
import { change } from './state/lagged.ts'

const parameters = { ResourceId: required(list(text, 1000)), Tag: required(list(tag)) }

/** Adds tags to resources or overwrites them; either all resources get them or none. */
export const createTags = operation({
  name: 'CreateTags',
  input: parameters,
  handle(input, { region, now }) {
    const added = readTags(input.Tag)
    if (added.size > 50) throw invalidValue('At most 50 tags can be given in one request.')
    const next = [...new Set(input.ResourceId)].map((id) => {
      const resource = findResource(region, id)
      const instance = region.instances.get(id)
      if (instance?.metadataOptions.instanceMetadataTags === 'enabled') refuseMetadataTags(added.keys())
      const tags = new Map([...resource.tags.current, ...added])
      refuseTooMany(tags)
      return { resource, tags }
    })
    for (const { resource, tags } of next) change(resource.tags, tags, now)
    return { return: true }
  },
})
