import { AwsError } from '../../aws-error.ts'
import { arn, operation } from './context.ts'
import { invalidValue } from './errors.ts'
import { findAll } from './input/ids.ts'
import { text } from './input/leaves.ts'
import { required } from './input/shape.ts'
import { tagsFor, tagSpecifications } from './input/tags.ts'
import { tagSet } from './render/tags.ts'
import { newSecurityGroup } from './state/security-group.ts'

const parameters = {
  GroupDescription: required(text),
  GroupName: required(text),
  TagSpecification: tagSpecifications,
  VpcId: text,
}

/** Makes a group that lets everything out and nothing in. Names are unique in a network. */
export const createSecurityGroup = operation({
  name: 'CreateSecurityGroup',
  input: parameters,
  handle(input, context) {
    const { region, now } = context
    const { GroupName: name, GroupDescription: description } = input
    refuse('groupName', name)
    refuse('groupDescription', description)
    if (name.startsWith('sg-'))
      throw invalidValue(`Invalid value '${name}' for groupName. Group names may not start with sg-.`)
    const [vpc] =
      input.VpcId === undefined
        ? [...region.vpcs.values()].filter((one) => one.isDefault)
        : findAll('vpc', [input.VpcId], (id) => region.vpcs.get(id))
    if (vpc === undefined) throw new AwsError('VPCIdNotSpecified', 'No default VPC for this user')
    for (const group of region.securityGroups.values())
      if (group.vpcId === vpc.id && group.name === name)
        throw new AwsError('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpc.id}'`)
    const tags = tagsFor(input.TagSpecification, 'security-group')
    const group = newSecurityGroup({ name, description, vpcId: vpc.id }, now, tags)
    region.securityGroups.set(group.id, group)
    return {
      return: true,
      groupId: group.id,
      tagSet: tagSet(tags),
      securityGroupArn: arn(context, `security-group/${group.id}`),
    }
  },
})

/** Constraints of names and descriptions: botocore's ec2 model, CreateSecurityGroup. */
function refuse(parameter: string, value: string): void {
  if (value.length > 255 || value === '' || !/^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/.test(value))
    throw invalidValue(
      `Value (${value}) for parameter ${parameter} is invalid. Character sets beyond ASCII are not supported.`,
    )
}
