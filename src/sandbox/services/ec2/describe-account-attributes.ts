import { operation } from './context.ts'
import { oneOf } from './input/leaves.ts'
import { list } from './input/shape.ts'

const NAMES = [
  'supported-platforms',
  'default-vpc',
  'max-instances',
  'vpc-max-security-groups-per-interface',
  'max-elastic-ips',
  'vpc-max-elastic-ips',
] as const

const parameters = { AttributeName: list(oneOf(...NAMES)) }

export const describeAccountAttributes = operation({
  name: 'DescribeAccountAttributes',
  input: parameters,
  handle(input, { region }) {
    const values: Readonly<Record<(typeof NAMES)[number], string>> = {
      'supported-platforms': 'VPC',
      'default-vpc': [...region.vpcs.values()].find((vpc) => vpc.isDefault)?.id ?? 'none',
      'max-instances': '1000',
      'vpc-max-security-groups-per-interface': '5',
      'max-elastic-ips': '5',
      'vpc-max-elastic-ips': '5',
    }
    const asked = input.AttributeName ?? []
    return {
      accountAttributeSet: (asked.length === 0 ? NAMES : asked).map((attributeName) => ({
        attributeName,
        attributeValueSet: [{ attributeValue: values[attributeName] }],
      })),
    }
  },
})
