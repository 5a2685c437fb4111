import { tagsSeen } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import type { LaunchTemplate, TemplateVersion } from '../state/launch-template.ts'
import type { Moment } from './instance.ts'
import { launchDataOnWire } from './launch-data.ts'
import { tagSet } from './tags.ts'

export function templateOnWire(template: LaunchTemplate, context: Ec2Call, moment: Moment = 'seen'): object {
  return {
    launchTemplateId: template.id,
    launchTemplateName: template.name,
    createTime: new Date(template.createdAt),
    createdBy: template.createdBy,
    defaultVersionNumber: template.default,
    latestVersionNumber: template.latest,
    tagSet: tagSet(moment === 'current' ? template.tags.current : tagsSeen(context)(template)),
  }
}

export function versionOnWire(template: LaunchTemplate, version: TemplateVersion): object {
  return {
    launchTemplateId: template.id,
    launchTemplateName: template.name,
    versionNumber: version.number,
    ...(version.description === null ? {} : { versionDescription: version.description }),
    createTime: new Date(version.createdAt),
    createdBy: version.createdBy,
    defaultVersion: version.number === template.default,
    launchTemplateData: launchDataOnWire(version.data),
  }
}
