import type { World } from '../../../world.ts'
import { publicImages } from '../../ec2/state/images.ts'

/** Parameter Store: AWS's public AMI parameters, and those that a user puts. */
export interface Parameters {
  find(region: string, name: string): Parameter | undefined
  list(region: string): readonly Parameter[]
  put(region: string, parameter: Omit<Parameter, 'version' | 'modifiedAt' | 'arn'>): Parameter
  remove(region: string, name: string): boolean
}

export interface Parameter {
  readonly name: string
  readonly type: 'String' | 'StringList'
  readonly value: string
  readonly dataType: string
  readonly version: number
  readonly modifiedAt: number
  readonly arn: string
}

export function createParameters(world: World): Parameters {
  const regions = new Map<string, Map<string, Parameter>>()
  const own = (region: string): Map<string, Parameter> => regions.get(region) ?? new Map()
  return {
    find: (region, name) => own(region).get(name) ?? publicParameters(region).find((each) => each.name === name),
    list: (region) =>
      [...publicParameters(region), ...own(region).values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    put(region, parameter) {
      const version = (own(region).get(parameter.name)?.version ?? 0) + 1
      const path = parameter.name.startsWith('/') ? parameter.name : `/${parameter.name}`
      const arn = `arn:aws:ssm:${region}:${world.account}:parameter${path}`
      const kept = { ...parameter, version, modifiedAt: world.clock.now(), arn }
      regions.set(region, own(region).set(parameter.name, kept))
      return kept
    },
    remove: (region, name) => own(region).delete(name),
  }
}

/** AWS owns them, so their ARN has no account. */
function publicParameters(region: string): Parameter[] {
  return publicImages(region).flatMap((image) =>
    image.parameterNames.map((name) => ({
      name,
      type: 'String' as const,
      value: image.id,
      dataType: 'text',
      version: 1,
      modifiedAt: Date.parse(image.creationDate),
      arn: `arn:aws:ssm:${region}::parameter${name}`,
    })),
  )
}
