import type {
  LaunchTemplateInstanceNetworkInterfaceSpecificationRequest,
  RequestLaunchTemplateData,
} from '@aws-sdk/client-ec2'
import type { TemplateRequest } from '../../ports/compute.ts'
import { fleetTags } from '../tags.ts'
import { market } from './market.ts'

/**
 * What every node of a fleet is launched with. No key pair: SSM is the way in. A node that shuts itself down is terminated,
 * so that a lost laptop costs no money for ever.
 */
export function templateData(request: TemplateRequest): RequestLaunchTemplateData {
  const profile = request.instanceProfile
  return {
    ImageId: imageId(request.image),
    InstanceType: request.instanceType as NonNullable<RequestLaunchTemplateData['InstanceType']>,
    UserData: Buffer.from(request.userData).toString('base64'),
    InstanceInitiatedShutdownBehavior: 'terminate',
    // Two hops, so that a container on the node reaches the metadata service as well.
    MetadataOptions: { HttpTokens: 'required', HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 2 },
    NetworkInterfaces: networkInterfaces(request),
    ...market(request),
    ...(profile === null ? {} : { IamInstanceProfile: { Name: profile } }),
    ...rootVolume(request.rootDevice),
    // Instances get their tags from CreateFleet, which knows the cohort.
    TagSpecifications: (['volume', 'network-interface'] as const).map((ResourceType) => ({
      ResourceType,
      Tags: fleetTags(request.fleet, request.action, request.tags),
    })),
  }
}

/** A parameter's name is looked up by AWS itself at launch. */
export function imageId(image: string): string {
  return image.startsWith('/') ? `resolve:ssm:${image}` : image
}

/**
 * Groups belong to the interfaces once interfaces are named, to every single one (EFA's traffic is judged by its own); the
 * subnet comes with the launch. No address is asked for: AWS refuses a public one as soon as there are several interfaces,
 * and any at all on `efa-only` (RunInstances, AssociatePublicIpAddress). An ordinary interface is what AWS makes by default.
 */
export function networkInterfaces({
  interfaces,
  securityGroupIds,
}: Pick<
  TemplateRequest,
  'interfaces' | 'securityGroupIds'
>): LaunchTemplateInstanceNetworkInterfaceSpecificationRequest[] {
  return interfaces.map(({ cardIndex, deviceIndex, kind }) => ({
    DeviceIndex: deviceIndex,
    NetworkCardIndex: cardIndex,
    DeleteOnTermination: true,
    Groups: [...securityGroupIds],
    ...(kind === 'interface' ? {} : { InterfaceType: kind }),
  }))
}

/** Where the image says what its root device is called; else it keeps what it has. */
function rootVolume(device: string | null): Pick<RequestLaunchTemplateData, 'BlockDeviceMappings'> {
  if (device === null) return {}
  const Ebs = { VolumeType: 'gp3', Encrypted: true, DeleteOnTermination: true } as const
  return { BlockDeviceMappings: [{ DeviceName: device, Ebs }] }
}
