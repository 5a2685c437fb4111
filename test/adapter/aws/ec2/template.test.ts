import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateTagsCommand,
  DeleteLaunchTemplateCommand,
  DescribeLaunchTemplatesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { connectCompute } from '../../../../src/aws/ec2/compute.ts'
import { imageId, templateData } from '../../../../src/aws/ec2/template-data.ts'
import type { TemplateRequest } from '../../../../src/ports/compute.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const ec2 = mockClient(EC2Client)
const request: TemplateRequest = {
  fleet: 'f',
  action: 'act',
  instanceType: 'hpc7g.16xlarge',
  purchase: 'on-demand',
  reservation: null,
  image: '/my/image',
  rootDevice: '/dev/xvda',
  instanceProfile: 'muster-node',
  securityGroupIds: ['sg-1'],
  interfaces: [{ cardIndex: 0, deviceIndex: 0, kind: 'interface' }],
  userData: '#!/bin/sh\n',
  fingerprint: 'new',
}
const existing = (fingerprint: string) => ({
  LaunchTemplates: [
    { LaunchTemplateId: 'lt-1', LatestVersionNumber: 4, Tags: [{ Key: 'muster:fingerprint', Value: fingerprint }] },
  ],
})

beforeEach(() => {
  ec2.reset()
  ec2.onAnyCommand().resolves({})
  ec2.on(CreateLaunchTemplateCommand).resolves({ LaunchTemplate: { LaunchTemplateId: 'lt-1', LatestVersionNumber: 1 } })
  ec2.on(CreateLaunchTemplateVersionCommand).resolves({ LaunchTemplateVersion: { VersionNumber: 5 } })
})

describe('the launch template', () => {
  it('is made with everything that a node needs, and no key', () => {
    expect(templateData(request)).toEqual({
      ImageId: 'resolve:ssm:/my/image',
      InstanceType: 'hpc7g.16xlarge',
      UserData: Buffer.from('#!/bin/sh\n').toString('base64'),
      InstanceInitiatedShutdownBehavior: 'terminate',
      MetadataOptions: { HttpTokens: 'required', HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 2 },
      NetworkInterfaces: [{ DeviceIndex: 0, NetworkCardIndex: 0, DeleteOnTermination: true, Groups: ['sg-1'] }],
      IamInstanceProfile: { Name: 'muster-node' },
      BlockDeviceMappings: [
        { DeviceName: '/dev/xvda', Ebs: { VolumeType: 'gp3', Encrypted: true, DeleteOnTermination: true } },
      ],
      TagSpecifications: ['volume', 'network-interface'].map((ResourceType) => ({
        ResourceType,
        Tags: [
          { Key: 'Name', Value: 'muster-f' },
          { Key: 'muster:fleet', Value: 'f' },
          { Key: 'muster:action', Value: 'act' },
        ],
      })),
    })
  })

  it('names every interface with the group, its kind, and no address', () => {
    const interfaces = [
      { cardIndex: 0, deviceIndex: 0, kind: 'efa' },
      { cardIndex: 1, deviceIndex: 0, kind: 'efa-only' },
      { cardIndex: 1, deviceIndex: 1, kind: 'interface' },
    ] as const
    expect(templateData({ ...request, interfaces }).NetworkInterfaces).toEqual([
      { NetworkCardIndex: 0, DeviceIndex: 0, InterfaceType: 'efa', DeleteOnTermination: true, Groups: ['sg-1'] },
      { NetworkCardIndex: 1, DeviceIndex: 0, InterfaceType: 'efa-only', DeleteOnTermination: true, Groups: ['sg-1'] },
      { NetworkCardIndex: 1, DeviceIndex: 1, DeleteOnTermination: true, Groups: ['sg-1'] },
    ])
  })

  it('leaves what it cannot know: the profile, and the root device of a foreign image', () => {
    const data = templateData({ ...request, image: 'ami-123', rootDevice: null, instanceProfile: null })
    expect(data).not.toHaveProperty('IamInstanceProfile')
    expect(data).not.toHaveProperty('BlockDeviceMappings')
    expect(data.ImageId).toBe('ami-123')
    expect(imageId('/my/param')).toBe('resolve:ssm:/my/param')
  })

  it('is created with its fingerprint where there is none', async () => {
    expect(await connectCompute(mockSettings()).ensureTemplate(request)).toEqual({ id: 'lt-1', version: 1 })
    const input = ec2.commandCalls(CreateLaunchTemplateCommand)[0]?.args[0].input
    expect(input?.LaunchTemplateName).toBe('muster-f')
    expect(input?.TagSpecifications?.[0]?.Tags).toContainEqual({ Key: 'muster:fingerprint', Value: 'new' })
  })

  it('is used as it is where its fingerprint is ours', async () => {
    ec2.on(DescribeLaunchTemplatesCommand).resolves(existing('new'))
    expect(await connectCompute(mockSettings()).ensureTemplate(request)).toEqual({ id: 'lt-1', version: 4 })
    expect(ec2.commandCalls(CreateLaunchTemplateVersionCommand)).toEqual([])
  })

  it('gets a new version where it is another, the fingerprint written last and waited for', async () => {
    ec2
      .on(DescribeLaunchTemplatesCommand)
      .resolvesOnce(existing('old'))
      .resolvesOnce(existing('old'))
      .resolves(existing('new'))
    expect(await connectCompute(mockSettings()).ensureTemplate(request)).toEqual({ id: 'lt-1', version: 5 })
    expect(ec2.calls().map((call) => call.args[0].constructor.name)).toEqual([
      'DescribeLaunchTemplatesCommand',
      'CreateLaunchTemplateVersionCommand',
      'CreateTagsCommand',
      'DescribeLaunchTemplatesCommand',
      'DescribeLaunchTemplatesCommand',
    ])
    expect(ec2.commandCalls(CreateTagsCommand)[0]?.args[0].input).toMatchObject({
      Resources: ['lt-1'],
      Tags: expect.arrayContaining([{ Key: 'muster:fingerprint', Value: 'new' }]),
    })
  })

  it('waits for one that exists but is not shown yet', async () => {
    ec2.on(CreateLaunchTemplateCommand).rejects(awsFailure('InvalidLaunchTemplateName.AlreadyExistsException'))
    ec2.on(DescribeLaunchTemplatesCommand).resolvesOnce({}).resolvesOnce({}).resolves(existing('new'))
    expect(await connectCompute(mockSettings()).ensureTemplate(request)).toEqual({ id: 'lt-1', version: 4 })
  })

  it('is removed silently where it is gone', async () => {
    ec2.on(DeleteLaunchTemplateCommand).rejects(awsFailure('InvalidLaunchTemplateId.NotFound'))
    await connectCompute(mockSettings()).removeTemplate('lt-1')
    expect(ec2.commandCalls(DeleteLaunchTemplateCommand)[0]?.args[0].input).toEqual({ LaunchTemplateId: 'lt-1' })
  })
})
