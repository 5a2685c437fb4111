import { operation } from '../context.ts'
import { invalidCombination, missingParameter } from '../errors.ts'
import { findAll } from '../input/ids.ts'
import { flag, oneOf, text } from '../input/leaves.ts'
import { record, required } from '../input/shape.ts'

const value = record({ Value: flag })

const changes = {
  EnableDnsHostnames: value,
  EnableDnsSupport: value,
  EnableNetworkAddressUsageMetrics: value,
  VpcId: required(text),
}

/** One attribute a call: what private names need (DNS hostnames, DNS support). */
export const modifyVpcAttribute = operation({
  name: 'ModifyVpcAttribute',
  input: changes,
  handle(input, { region }) {
    const { VpcId: id, EnableDnsHostnames: hostnames, EnableDnsSupport: support } = input
    const given = [hostnames, support, input.EnableNetworkAddressUsageMetrics].filter((one) => one !== undefined)
    if (given.length === 0) throw missingParameter('attribute')
    // Model: the two attributes of DNS cannot be changed in one request.
    if (given.length > 1) throw invalidCombination('Fields for multiple attribute types specified')
    for (const vpc of findAll('vpc', [id], (key) => region.vpcs.get(key))) {
      vpc.dnsHostnames = hostnames?.Value ?? vpc.dnsHostnames
      vpc.dnsSupport = support?.Value ?? vpc.dnsSupport
    }
    return { return: true }
  },
})

const ATTRIBUTES = ['enableDnsSupport', 'enableDnsHostnames', 'enableNetworkAddressUsageMetrics'] as const

export const describeVpcAttribute = operation({
  name: 'DescribeVpcAttribute',
  input: { Attribute: required(oneOf(...ATTRIBUTES)), VpcId: required(text) },
  handle({ VpcId: id, Attribute: attribute }, { region }) {
    const [vpc] = findAll('vpc', [id], (key) => region.vpcs.get(key))
    const values: Readonly<Record<(typeof ATTRIBUTES)[number], boolean>> = {
      enableDnsSupport: vpc?.dnsSupport ?? true,
      enableDnsHostnames: vpc?.dnsHostnames ?? false,
      enableNetworkAddressUsageMetrics: false,
    }
    return { vpcId: id, [attribute]: { value: values[attribute] } }
  },
})
