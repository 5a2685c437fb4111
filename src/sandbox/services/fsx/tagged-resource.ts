import { AwsError } from '../../aws-error.ts'
import type { Links } from './links/links.ts'
import { associationArn, taskArn } from './links/render.ts'
import { arnOf } from './render-file-system.ts'

/** What an ARN names, with its tags. Throws NotServiceResourceError for another service's, ResourceNotFound for one that is not there. */
export function resourceOf(links: Links, region: string, arn: string): { readonly tags: Map<string, string> } {
  if (arn.split(':')[2] !== 'fsx') {
    throw new AwsError('NotServiceResourceError', `${arn} is not a resource of Amazon FSx.`, 400, { ResourceARN: arn })
  }
  const { fileSystems } = links
  const { world } = fileSystems
  const found =
    fileSystems.list(region).find((each) => arnOf(each, world) === arn) ??
    links.associations(region).find((each) => associationArn(each, world) === arn) ??
    links.tasks(region).find((each) => taskArn(each, world) === arn)
  if (!found) throw new AwsError('ResourceNotFound', `The resource ${arn} does not exist.`, 400, { ResourceARN: arn })
  return found
}
