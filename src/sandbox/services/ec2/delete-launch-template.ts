import { operation } from './context.ts'
import { text } from './input/leaves.ts'
import { findTemplate } from './launch/request.ts'
import { templateOnWire } from './render/launch-template.ts'

const parameters = { LaunchTemplateId: text, LaunchTemplateName: text }

/** Deletes a template with all its versions; instances launched from it stay. */
export const deleteLaunchTemplate = operation({
  name: 'DeleteLaunchTemplate',
  input: parameters,
  handle(input, context) {
    const { template } = findTemplate(input, context)
    context.region.launchTemplates.delete(template.id)
    return { launchTemplate: templateOnWire(template, context, 'current') }
  },
})
