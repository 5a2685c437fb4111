import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateTagsCommand,
  DeleteLaunchTemplateCommand,
  type LaunchTemplate,
} from '@aws-sdk/client-ec2'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { TemplateRequest } from '../../ports/compute.ts'
import { isAwsClass } from '../error-map.ts'
import { poll } from '../poll.ts'
import { TAG, fleetName, fleetTags, tagList, tagValue } from '../tags.ts'
import { templatesBy } from './describe.ts'
import type { Ec2 } from './ec2.ts'
import { templateData } from './template-data.ts'

/** How long a change is waited for until AWS shows it. */
const SHOWN_MS = 15_000

type Made = { id: string; version: number }

/** The fleet's launch template; another content (told by its fingerprint) becomes a new version of it. */
export async function ensureTemplate(ec2: Ec2, request: TemplateRequest): Promise<Made> {
  const found = await find(ec2, request.fleet)
  if (found !== undefined) return refresh(ec2, request, found)
  const made = await create(ec2, request)
  if (made !== null) return made
  const shown = await poll(ec2.settings, 60_000, () => find(ec2, request.fleet))
  if (shown !== null) return refresh(ec2, request, shown)
  throw new MusterError('CloudRefused', `the template ${fleetName(request.fleet)} exists, but AWS does not show it`, {
    suggestions: ['run the same command again'],
  })
}

export async function removeTemplate(ec2: Ec2, id: string): Promise<void> {
  try {
    await ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: id }))
  } catch (error) {
    if (!isAwsClass(error, 'gone')) throw error
  }
}

/** By filter and not by name: a name that does not exist is an error, a filter without a match is not. */
async function find(ec2: Ec2, fleet: string): Promise<LaunchTemplate | undefined> {
  return (await templatesBy(ec2, [{ Name: 'launch-template-name', Values: [fleetName(fleet)] }]))[0]
}

/** Null where one of that name exists, though it was not shown. */
async function create(ec2: Ec2, request: TemplateRequest): Promise<Made | null> {
  const { fleet, action, tags, fingerprint } = request
  const Tags = fleetTags(fleet, action, { ...tags, [TAG.fingerprint]: fingerprint })
  try {
    const { LaunchTemplate: made } = await ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: fleetName(request.fleet),
        LaunchTemplateData: templateData(request),
        TagSpecifications: [{ ResourceType: 'launch-template', Tags }],
      }),
    )
    return { id: made?.LaunchTemplateId ?? '', version: made?.LatestVersionNumber ?? 1 }
  } catch (error) {
    if (isAwsClass(error, 'duplicate')) return null
    throw error
  }
}

/** The fingerprint is written last: a crash in between makes one more version next time, never a wrong one. */
async function refresh(ec2: Ec2, request: TemplateRequest, found: LaunchTemplate): Promise<Made> {
  const id = found.LaunchTemplateId ?? ''
  if (tagValue(found.Tags, TAG.fingerprint) === request.fingerprint) {
    return { id, version: found.LatestVersionNumber ?? 1 }
  }
  const { LaunchTemplateVersion: made } = await ec2.send(
    new CreateLaunchTemplateVersionCommand({ LaunchTemplateId: id, LaunchTemplateData: templateData(request) }),
  )
  const Tags = tagList({ ...request.tags, [TAG.fingerprint]: request.fingerprint, [TAG.action]: request.action })
  await ec2.send(new CreateTagsCommand({ Resources: [id], Tags }))
  // Whoever observed the old fingerprint next would make yet another version.
  await poll(ec2.settings, SHOWN_MS, async () => {
    const shown = await find(ec2, request.fleet)
    return tagValue(shown?.Tags, TAG.fingerprint) === request.fingerprint ? true : undefined
  })
  return { id, version: made?.VersionNumber ?? (found.LatestVersionNumber ?? 1) + 1 }
}
