import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  DeleteInstanceProfileCommand,
  DeleteRoleCommand,
  GetInstanceProfileCommand,
  IAMClient,
  ListInstanceProfilesCommand,
  ListInstanceProfilesForRoleCommand,
  RemoveRoleFromInstanceProfileCommand,
  TagInstanceProfileCommand,
} from '@aws-sdk/client-iam'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusal as ec2Refusal, run, startEc2 } from '../ec2/ec2-world.ts'
import type { Ec2World } from '../ec2/ec2-world.ts'
import { manualClock } from '../ec2/manual-clock.ts'
import { refusal, TRUST } from './iam-world.ts'

const clock = manualClock()
let world: Ec2World
let iam: IAMClient
beforeEach(async () => {
  world = await startEc2({ clock, pace: { iamLagMs: 5_000 } })
  iam = new IAMClient({ ...world.sandbox.client, maxAttempts: 1 })
})
afterEach(async () => {
  iam.destroy()
  await world.close()
})

const lab = { InstanceProfileName: 'lab' }

const launch = (IamInstanceProfile: { Name?: string; Arn?: string } = { Name: 'lab' }) =>
  run(world, { IamInstanceProfile })

test('a profile is made, given a role, shown and deleted', async () => {
  const made = await iam.send(new CreateInstanceProfileCommand({ ...lab, Path: '/hpc/' }))
  expect(made.InstanceProfile).toMatchObject({
    InstanceProfileId: expect.stringMatching(/^AIPA[A-Z2-7]{17}$/),
    Arn: 'arn:aws:iam::000000000000:instance-profile/hpc/lab',
    Roles: [],
  })
  expect((await refusal(iam.send(new CreateInstanceProfileCommand(lab))))[0]).toBe('EntityAlreadyExists')
  await iam.send(new TagInstanceProfileCommand({ ...lab, Tags: [{ Key: 'a', Value: 'b' }] }))
  await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: TRUST }))
  const both = { ...lab, RoleName: 'r' }
  await iam.send(new AddRoleToInstanceProfileCommand(both))
  expect(await refusal(iam.send(new AddRoleToInstanceProfileCommand(both)))).toEqual([
    'LimitExceeded',
    'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
    409,
  ])
  const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand(lab))
  expect(InstanceProfile?.Roles?.map((role) => role.Arn)).toEqual(['arn:aws:iam::000000000000:role/r'])
  expect(InstanceProfile?.Tags).toEqual([{ Key: 'a', Value: 'b' }])
  const names = (list: (typeof InstanceProfile)[] = []) => list.map((one) => one?.InstanceProfileName)
  expect(names((await iam.send(new ListInstanceProfilesCommand({}))).InstanceProfiles)).toEqual(['lab', 'muster-node'])
  const ofRole = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName: 'r' }))
  expect(names(ofRole.InstanceProfiles)).toEqual(['lab'])
  const inUse = 'Cannot delete entity, must remove roles from instance profile first.'
  expect((await refusal(iam.send(new DeleteRoleCommand({ RoleName: 'r' }))))[1]).toBe(inUse)
  expect((await refusal(iam.send(new DeleteInstanceProfileCommand(lab))))[1]).toBe(inUse)
  await iam.send(new RemoveRoleFromInstanceProfileCommand(both))
  expect((await refusal(iam.send(new RemoveRoleFromInstanceProfileCommand(both))))[0]).toBe('NoSuchEntity')
  await iam.send(new DeleteInstanceProfileCommand(lab))
  await iam.send(new DeleteRoleCommand({ RoleName: 'r' }))
  expect(await refusal(iam.send(new GetInstanceProfileCommand(lab)))).toEqual([
    'NoSuchEntity',
    'Instance Profile lab cannot be found.',
    404,
  ])
})

test('EC2 hears of a new profile, and of its role, some time later', async () => {
  const { InstanceProfile } = await iam.send(new CreateInstanceProfileCommand(lab))
  const unknown = {
    code: 'InvalidParameterValue',
    message: 'Value (lab) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name',
  }
  expect(await ec2Refusal(launch())).toMatchObject(unknown)
  await clock.forward(5_000)
  const roleless = {
    code: 'InvalidParameterValue',
    message: 'IAM Instance Profile "arn:aws:iam::000000000000:instance-profile/lab" has no associated IAM Roles',
  }
  expect(await ec2Refusal(launch())).toMatchObject(roleless)
  await iam.send(new AddRoleToInstanceProfileCommand({ ...lab, RoleName: 'muster-node' }))
  expect(await ec2Refusal(launch())).toMatchObject(roleless)
  await clock.forward(5_000)
  expect(await launch()).toHaveLength(1)
  expect(await launch({ Arn: InstanceProfile?.Arn ?? '' })).toHaveLength(1)
  const elsewhere = 'arn:aws:iam::000000000000:instance-profile/other/lab'
  expect((await ec2Refusal(launch({ Arn: elsewhere }))).message).toMatch(/Invalid IAM Instance Profile ARN$/)
})

test('the profile from the start needs no waiting', async () => {
  expect(await run(world, { IamInstanceProfile: { Name: 'muster-node' } })).toHaveLength(1)
})

test('any region signs for the one account', async () => {
  const elsewhere = new IAMClient({ ...world.sandbox.client, region: 'eu-west-1' })
  await elsewhere.send(new CreateInstanceProfileCommand(lab))
  elsewhere.destroy()
  expect((await iam.send(new GetInstanceProfileCommand(lab))).InstanceProfile?.InstanceProfileName).toBe('lab')
})
