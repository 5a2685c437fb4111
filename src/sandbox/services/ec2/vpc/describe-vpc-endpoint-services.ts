import { AwsError } from '../../../aws-error.ts'
import { operation } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { next } from '../describe.ts'
import { filters, matcher } from '../input/filters.ts'
import { text } from '../input/leaves.ts'
import { page, paging } from '../input/pages.ts'
import { list, unimplemented } from '../input/shape.ts'
import { endpointServices } from './endpoint-services.ts'
import type { EndpointService } from './endpoint-services.ts'

const parameters = {
  ...paging({ least: 1, most: 1000 }),
  Filter: filters,
  ServiceName: list(text),
  ServiceRegion: unimplemented,
}

/** One entry for a service and type, as EC2 shows S3 twice. */
export const describeVpcEndpointServices = operation({
  name: 'DescribeVpcEndpointServices',
  input: parameters,
  handle(input, context) {
    const all = endpointServices(context.region.name).flatMap((service) =>
      service.types.map((type) => ({ service, type })),
    )
    const names = input.ServiceName ?? []
    for (const name of names)
      if (!all.some(({ service }) => service.name === name))
        throw new AwsError('InvalidServiceName', `The Vpc Endpoint Service '${name}' does not exist`)
    const matches = matcher<(typeof all)[number]>(input.Filter, {
      owner: () => 'amazon',
      'service-name': ({ service }) => service.name,
      'service-region': () => context.region.name,
      'service-type': ({ type }) => type,
      'supported-ip-address-types': () => 'ipv4',
    })
    const chosen = all.filter(({ service }) => names.length === 0 || names.includes(service.name)).filter(matches)
    const { items, nextToken } = page(chosen, input, ({ service, type }) => `${service.name} ${type}`)
    return {
      serviceNameSet: [...new Set(items.map(({ service }) => service.name))],
      serviceDetailSet: items.map(({ service, type }) => detail(service, type, context)),
      ...next(nextToken),
    }
  },
})

function detail({ name, privateDnsName }: EndpointService, type: string, { region }: Ec2Call): object {
  return {
    serviceName: name,
    serviceType: [{ serviceType: type }],
    serviceRegion: region.name,
    availabilityZoneSet: region.zones.map((zone) => zone.name),
    availabilityZoneIdSet: region.zones.map((zone) => zone.id),
    owner: 'amazon',
    baseEndpointDnsNameSet: [
      type === 'Gateway' ? privateDnsName : privateDnsName.replace('.amazonaws', '.vpce.amazonaws'),
    ],
    ...(type === 'Gateway' ? {} : { privateDnsName, privateDnsNameSet: [{ privateDnsName }] }),
    vpcEndpointPolicySupported: true,
    acceptanceRequired: false,
    managesVpcEndpoints: false,
    supportedIpAddressTypeSet: ['ipv4'],
  }
}
