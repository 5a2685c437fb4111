import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  DeleteLaunchTemplateCommand,
  DescribeInstancesCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ARM, refusal, startEc2 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'

let world: Ec2World

beforeEach(async () => {
  world = await startEc2()
})

afterEach(() => world.close())

const create = (name: string, token?: string) =>
  world.ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: name,
      ...(token === undefined ? {} : { ClientToken: token }),
      LaunchTemplateData: {
        ImageId: ARM,
        InstanceType: 'c7g.large',
        InstanceInitiatedShutdownBehavior: 'terminate',
        TagSpecifications: [
          {
            ResourceType: 'instance',
            Tags: [
              { Key: 'from', Value: 'template' },
              { Key: 'only', Value: 'template' },
            ],
          },
        ],
      },
    }),
  )

test('versions build on each other, and are found by number, $Latest and $Default', async () => {
  const { ec2 } = world
  await create('nodes')
  await ec2.send(
    new CreateLaunchTemplateVersionCommand({
      LaunchTemplateName: 'nodes',
      SourceVersion: '1',
      VersionDescription: 'larger',
      LaunchTemplateData: { InstanceType: 'c7g.xlarge' },
    }),
  )
  const { LaunchTemplates } = await ec2.send(new DescribeLaunchTemplatesCommand({ LaunchTemplateNames: ['nodes'] }))
  expect(LaunchTemplates?.[0]).toMatchObject({ DefaultVersionNumber: 1, LatestVersionNumber: 2 })
  const versions = async (...Versions: string[]) => {
    const found = await ec2.send(new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName: 'nodes', Versions }))
    return found.LaunchTemplateVersions?.map(({ VersionNumber, LaunchTemplateData }) => [
      VersionNumber,
      LaunchTemplateData?.InstanceType,
    ])
  }
  expect(await versions()).toEqual([
    [2, 'c7g.xlarge'],
    [1, 'c7g.large'],
  ])
  expect(await versions('$Latest')).toEqual([[2, 'c7g.xlarge']])
  expect(await versions('$Default')).toEqual([[1, 'c7g.large']])
  const [latest] =
    (await ec2.send(new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName: 'nodes', Versions: ['2'] })))
      .LaunchTemplateVersions ?? []
  expect(latest?.LaunchTemplateData).toMatchObject({ ImageId: ARM, InstanceInitiatedShutdownBehavior: 'terminate' })
  const unknown = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName: 'nodes', Versions: ['9'] })
  expect((await refusal(ec2.send(unknown))).code).toBe('InvalidLaunchTemplateId.VersionNotFound')
})

test('what RunInstances says wins over the template; tags are put together', async () => {
  const { ec2 } = world
  const { LaunchTemplate } = await create('nodes')
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      MinCount: 1,
      MaxCount: 1,
      InstanceType: 'c7g.xlarge',
      LaunchTemplate: { LaunchTemplateName: 'nodes' },
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'from', Value: 'request' }] }],
    }),
  )
  const [one] = Instances ?? []
  expect(one?.InstanceType).toBe('c7g.xlarge')
  const tags = new Map(one?.Tags?.map(({ Key, Value }) => [Key, Value]))
  expect(tags.get('from')).toBe('request')
  expect(tags.get('only')).toBe('template')
  expect(tags.get('aws:ec2launchtemplate:id')).toBe(LaunchTemplate?.LaunchTemplateId)
  const found = await ec2.send(new DescribeInstancesCommand({ Filters: [{ Name: 'tag:only', Values: ['temp*'] }] }))
  expect(found.Reservations).toHaveLength(1)
})

test('a name is taken once; a token makes the same call again harmless', async () => {
  const first = await create('nodes', 'token')
  const second = await create('nodes', 'token')
  expect(second.LaunchTemplate?.LaunchTemplateId).toBe(first.LaunchTemplate?.LaunchTemplateId)
  expect(await refusal(create('nodes'))).toMatchObject({
    code: 'InvalidLaunchTemplateName.AlreadyExistsException',
    message: 'Launch template name already in use.',
  })
  expect((await refusal(create('others', 'token'))).code).toBe('IdempotentParameterMismatch')
  await world.ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateName: 'nodes' }))
  const gone = await refusal(world.ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateName: 'nodes' })))
  expect(gone.code).toBe('InvalidLaunchTemplateName.NotFoundException')
})
