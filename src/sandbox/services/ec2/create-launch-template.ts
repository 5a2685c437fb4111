import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import { invalidValue } from './errors.ts'
import { launchData } from './input/launch-data.ts'
import { clientToken, text } from './input/leaves.ts'
import { required, unimplemented } from './input/shape.ts'
import { tagsFor, tagSpecifications } from './input/tags.ts'
import { refuseTemplateData } from './launch/template-data.ts'
import { templateOnWire } from './render/launch-template.ts'
import { newId, resource } from './state/resource.ts'
import type { LaunchTemplate } from './state/launch-template.ts'

const parameters = {
  ClientToken: clientToken,
  LaunchTemplateData: required(launchData),
  LaunchTemplateName: required(text),
  Operator: unimplemented,
  TagSpecification: tagSpecifications,
  VersionDescription: text,
}

/** Makes a template with its first version. Nothing of its data is looked up before a launch, but what cannot be read is refused. */
export const createLaunchTemplate = operation({
  name: 'CreateLaunchTemplate',
  input: parameters,
  handle(input, context) {
    const { region, now, call } = context
    const name = input.LaunchTemplateName
    // 3 to 128 characters of these: botocore's ec2 model.
    if (!/^[a-zA-Z0-9().\-/_]{3,128}$/.test(name))
      throw new AwsError(
        'InvalidLaunchTemplateName.MalformedException',
        `A launch template name must be between 3 and 128 characters, and may contain letters, numbers, and the following characters: - ( ) . / _. ('${name}' was given.)`,
      )
    if ((input.VersionDescription ?? '').length > 255)
      throw invalidValue('The version description is limited to 255 characters.')
    const template = region.tokens.once('CreateLaunchTemplate', input.ClientToken, input, (): LaunchTemplate => {
      if ([...region.launchTemplates.values()].some((other) => other.name === name))
        throw new AwsError('InvalidLaunchTemplateName.AlreadyExistsException', 'Launch template name already in use.')
      refuseTemplateData(input.LaunchTemplateData)
      const createdBy = call.caller.arn
      const first = {
        number: 1,
        description: input.VersionDescription ?? null,
        createdAt: now,
        createdBy,
        data: input.LaunchTemplateData,
      }
      const made: LaunchTemplate = {
        ...resource('launch-template', newId('lt-'), now, tagsFor(input.TagSpecification, 'launch-template')),
        name,
        createdBy,
        versions: new Map([[1, first]]),
        latest: 1,
        default: 1,
      }
      region.launchTemplates.set(made.id, made)
      return made
    })
    return { launchTemplate: templateOnWire(template, context, 'current') }
  },
})
