import { operation } from './context.ts'
import { launchData } from './input/launch-data.ts'
import { clientToken, flag, text } from './input/leaves.ts'
import { required } from './input/shape.ts'
import { findTemplate } from './launch/request.ts'
import { refuseTemplateData } from './launch/template-data.ts'
import { versionOnWire } from './render/launch-template.ts'
import type { TemplateVersion } from './state/launch-template.ts'

const parameters = {
  ClientToken: clientToken,
  LaunchTemplateData: required(launchData),
  LaunchTemplateId: text,
  LaunchTemplateName: text,
  ResolveAlias: flag,
  SourceVersion: text,
  VersionDescription: text,
}

/** Adds a version: what the request says, over the source version where one is named. The default stays what it was. */
export const createLaunchTemplateVersion = operation({
  name: 'CreateLaunchTemplateVersion',
  input: parameters,
  handle(input, context) {
    const { region, now, call } = context
    const { SourceVersion, LaunchTemplateData, ...asked } = input
    const { template } = findTemplate({ ...asked }, context)
    const version = region.tokens.once('CreateLaunchTemplateVersion', input.ClientToken, input, (): TemplateVersion => {
      const source =
        SourceVersion === undefined ? {} : findTemplate({ ...asked, Version: SourceVersion }, context).version.data
      refuseTemplateData(LaunchTemplateData)
      const made: TemplateVersion = {
        number: template.latest + 1,
        description: input.VersionDescription ?? null,
        createdAt: now,
        createdBy: call.caller.arn,
        data: { ...source, ...LaunchTemplateData },
      }
      template.versions.set(made.number, made)
      template.latest = made.number
      return made
    })
    return { launchTemplateVersion: versionOnWire(template, version) }
  },
})
