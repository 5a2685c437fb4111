import {
  CreatePlacementGroupCommand,
  DeletePlacementGroupCommand,
  DescribePlacementGroupsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { connectCompute } from '../../../../src/aws/ec2/compute.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const ec2 = mockClient(EC2Client)
beforeEach(() => {
  ec2.reset()
  ec2.onAnyCommand().resolves({})
})

describe('the placement group', () => {
  it('is a cluster with our tags', async () => {
    expect(await connectCompute(mockSettings()).ensurePlacementGroup('f', 'act', 'cluster')).toEqual({
      name: 'muster-f',
    })
    expect(ec2.commandCalls(CreatePlacementGroupCommand)[0]?.args[0].input).toMatchObject({
      GroupName: 'muster-f',
      Strategy: 'cluster',
      TagSpecifications: [{ ResourceType: 'placement-group' }],
    })
  })

  it('may exist already', async () => {
    ec2.on(CreatePlacementGroupCommand).rejects(awsFailure('InvalidPlacementGroup.Duplicate'))
    expect(await connectCompute(mockSettings()).ensurePlacementGroup('f', 'act', 'cluster')).toEqual({
      name: 'muster-f',
    })
  })

  it('is made anew once one that is being deleted has gone', async () => {
    ec2
      .on(CreatePlacementGroupCommand)
      .rejectsOnce(awsFailure('InvalidPlacementGroup.Duplicate'))
      .rejectsOnce(awsFailure('InvalidPlacementGroup.Duplicate'))
      .resolves({})
    ec2.on(DescribePlacementGroupsCommand).resolves({ PlacementGroups: [{ GroupName: 'muster-f', State: 'deleting' }] })
    await connectCompute(mockSettings()).ensurePlacementGroup('f', 'act', 'cluster')
    expect(ec2.commandCalls(CreatePlacementGroupCommand)).toHaveLength(3)
  })

  it('is an error where the endpoint knows none', async () => {
    ec2.on(CreatePlacementGroupCommand).rejects(awsFailure('InvalidAction'))
    await expect(connectCompute(mockSettings()).ensurePlacementGroup('f', 'a', 'cluster')).rejects.toMatchObject({
      code: 'NotSupported',
      suggestions: ["set 'placement: none' for the fleet in muster.yaml"],
    })
  })

  it('is removed silently where it is gone, and not while it is held', async () => {
    const compute = connectCompute(mockSettings())
    ec2.on(DeletePlacementGroupCommand).rejects(awsFailure('InvalidPlacementGroup.Unknown'))
    await compute.removePlacementGroup('muster-f')
    ec2.on(DeletePlacementGroupCommand).rejects(awsFailure('InvalidPlacementGroup.InUse'))
    await expect(compute.removePlacementGroup('muster-f')).rejects.toMatchObject({ code: 'FleetBusy' })
  })
})

describe('the strategy of a group', () => {
  it('is asked for as it is, and a partition group has as many as AWS gives', async () => {
    const compute = connectCompute(mockSettings())
    await compute.ensurePlacementGroup('f', 'a', 'spread')
    await compute.ensurePlacementGroup('f', 'a', 'partition')
    const asked = ec2.commandCalls(CreatePlacementGroupCommand).map((call) => call.args[0].input)
    expect(asked.map(({ Strategy, PartitionCount }) => [Strategy, PartitionCount])).toEqual([
      ['spread', undefined],
      ['partition', 7],
    ])
  })

  it('takes the place of another one, and not while nodes hold that', async () => {
    ec2
      .on(CreatePlacementGroupCommand)
      .rejectsOnce(awsFailure('InvalidPlacementGroup.Duplicate'))
      .resolvesOnce({})
      .rejects(awsFailure('InvalidPlacementGroup.Duplicate'))
    ec2
      .on(DescribePlacementGroupsCommand)
      .resolves({ PlacementGroups: [{ GroupName: 'muster-f', State: 'available', Strategy: 'spread' }] })
    const compute = connectCompute(mockSettings())
    expect(await compute.ensurePlacementGroup('f', 'a', 'cluster')).toEqual({ name: 'muster-f' })
    expect(ec2.commandCalls(DeletePlacementGroupCommand)).toHaveLength(1)
    ec2.on(DeletePlacementGroupCommand).rejects(awsFailure('InvalidPlacementGroup.InUse'))
    await expect(compute.ensurePlacementGroup('f', 'a', 'cluster')).rejects.toMatchObject({ code: 'FleetBusy' })
  })
})
