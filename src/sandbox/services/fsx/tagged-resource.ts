import { AwsError } from '../../aws-error.ts'
import { arnOf } from './render-file-system.ts'
import type { FileSystem } from './state/file-system.ts'
import type { FileSystems } from './state/file-systems.ts'

/** The file system of an ARN. Throws NotServiceResourceError for another service's, ResourceNotFound for one that is not there. */
export function resourceOf(fileSystems: FileSystems, region: string, arn: string): FileSystem {
  if (arn.split(':')[2] !== 'fsx') {
    throw new AwsError('NotServiceResourceError', `${arn} is not a resource of Amazon FSx.`, 400, { ResourceARN: arn })
  }
  const found = fileSystems.list(region).find((each) => arnOf(each, fileSystems.world) === arn)
  if (!found) throw new AwsError('ResourceNotFound', `The resource ${arn} does not exist.`, 400, { ResourceARN: arn })
  return found
}
