import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusal, startEc2 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'

let world: Ec2World

beforeEach(async () => {
  world = await startEc2()
})

afterEach(() => world.close())

async function newGroup(name: string): Promise<string> {
  const { GroupId = '' } = await world.ec2.send(
    new CreateSecurityGroupCommand({ GroupName: name, Description: 'a group' }),
  )
  return GroupId
}

test('a new group lets everything out and nothing in; rules come and go by content and by id', async () => {
  const { ec2 } = world
  const id = await newGroup('nodes')
  const fresh = (await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }))).SecurityGroups?.[0]
  expect(fresh?.IpPermissions).toEqual([])
  expect(fresh?.IpPermissionsEgress).toMatchObject([{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }])

  const ssh = {
    IpProtocol: 'tcp',
    FromPort: 22,
    ToPort: 22,
    IpRanges: [{ CidrIp: '10.1.2.3/8', Description: 'office' }],
  }
  const self = { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: id }] }
  const added = await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: [ssh, self] }))
  expect(added.SecurityGroupRules).toHaveLength(2)
  const twice = await refusal(
    ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: [self] })),
  )
  expect(twice).toMatchObject({
    code: 'InvalidPermission.Duplicate',
    message: `the specified rule "peer: ${id}, ALL, ALLOW" already exists`,
  })
  await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: id, IpPermissions: [self] }))
  const shown = (await ec2.send(new DescribeSecurityGroupsCommand({ GroupNames: ['nodes'] }))).SecurityGroups?.[0]
  expect(shown?.IpPermissions).toContainEqual(
    expect.objectContaining({ FromPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'office' }] }),
  )

  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: [ssh] }))
  expect(
    (await refusal(ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: [ssh] })))).code,
  ).toBe('InvalidPermission.NotFound')
  const ofGroup = { Filters: [{ Name: 'group-id', Values: [id] }] }
  const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand(ofGroup))
  const inbound = SecurityGroupRules.filter((rule) => rule.IsEgress === false)
  expect(inbound).toHaveLength(1)
  const ids = inbound.map(({ SecurityGroupRuleId = '' }) => SecurityGroupRuleId)
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: id, SecurityGroupRuleIds: ids }))
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }))
  expect((await refusal(ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] })))).code).toBe(
    'InvalidGroup.NotFound',
  )
})

test('a group that another names, that a file system uses, or that is the default one stays', async () => {
  const { ec2 } = world
  const servers = await newGroup('servers')
  const clients = await newGroup('clients')
  const fromClients = [{ IpProtocol: 'tcp', FromPort: 988, ToPort: 988, UserIdGroupPairs: [{ GroupId: clients }] }]
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: servers, IpPermissions: fromClients }))
  expect((await refusal(ec2.send(new DeleteSecurityGroupCommand({ GroupId: clients })))).code).toBe(
    'DependencyViolation',
  )

  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}))
  const { networks } = world.sandbox.world.directories
  const held = networks?.addInterface('us-east-1', Subnets?.[0]?.SubnetId ?? '', [servers], 'a file system')
  expect(held?.privateIp).toMatch(/^172\.31\./)
  expect((await refusal(ec2.send(new DeleteSecurityGroupCommand({ GroupId: servers })))).code).toBe(
    'DependencyViolation',
  )
  held?.remove()
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId: servers }))
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId: clients }))

  const kept = await refusal(ec2.send(new DeleteSecurityGroupCommand({ GroupName: 'default' })))
  expect(kept.code).toBe('CannotDelete')
  expect(kept.message).toMatch(/^the specified group: "sg-[0-9a-f]{17}" name: "default" cannot be deleted by a user$/)
})

test('FSx sees whether a group lets Lustre in', async () => {
  const { ec2 } = world
  const { networks } = world.sandbox.world.directories
  const id = await newGroup('storage')
  const allows = () => networks?.securityGroup('us-east-1', id)?.allowsLustre()
  expect(allows()).toBe(false)
  const web = { IpProtocol: 'tcp', FromPort: 80, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: [web] }))
  expect(allows()).toBe(false)
  const lustre = { IpProtocol: 'tcp', FromPort: 988, ToPort: 1023, UserIdGroupPairs: [{ GroupId: id }] }
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: [lustre] }))
  expect(allows()).toBe(true)
})

test('names are taken once in a network, and must be ASCII', async () => {
  await newGroup('nodes')
  const input = { GroupName: 'nodes', Description: 'again' }
  expect((await refusal(world.ec2.send(new CreateSecurityGroupCommand(input)))).code).toBe('InvalidGroup.Duplicate')
  const umlaut = { GroupName: 'nödes', Description: 'again' }
  expect((await refusal(world.ec2.send(new CreateSecurityGroupCommand(umlaut)))).code).toBe('InvalidParameterValue')
})
