import {
  DescribeInstancesCommand,
  DescribeLaunchTemplatesCommand,
  DescribePlacementGroupsCommand,
} from '@aws-sdk/client-ec2'
import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { DescribeFileSystemsCommand, FSxClient } from '@aws-sdk/client-fsx'
import { CreateBucketCommand, GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3'
import { succeeded, type Rehearsal } from './rehearse.ts'

/** The sandbox of a rehearsal as any other AWS client sees it. */
export interface Cloud {
  makeBucket(name: string): Promise<void>
  /** Texts of all objects below a prefix but folders, by what follows it. */
  texts(bucket: string, prefix: string): Promise<ReadonlyMap<string, string>>
  /** Whatever a fleet is made of and the API still shows, one line a thing. */
  leftovers(): Promise<string[]>
  close(): void
}

/** Where the sandbox of a rehearsal is, with its keys, as clients of the SDK take it. */
export async function accessOf(rehearsal: Rehearsal) {
  const words = succeeded(await rehearsal.run('sandbox', 'env')).stdout
  const value = (name: string) => new RegExp(`${name}=['"]?([^'"\\n;]+)`).exec(words)?.[1] ?? ''
  return {
    endpoint: value('AWS_ENDPOINT_URL'),
    region: 'us-east-1',
    credentials: { accessKeyId: value('AWS_ACCESS_KEY_ID'), secretAccessKey: value('AWS_SECRET_ACCESS_KEY') },
  }
}

export async function cloudOf(rehearsal: Rehearsal): Promise<Cloud> {
  const settings = await accessOf(rehearsal)
  const [s3, ec2, fsx] = [
    new S3Client({ ...settings, forcePathStyle: true }),
    new EC2Client(settings),
    new FSxClient(settings),
  ]
  return {
    makeBucket: async (name) => void (await s3.send(new CreateBucketCommand({ Bucket: name }))),
    texts: async (Bucket, Prefix) => {
      const found = new Map<string, string>()
      for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix })) {
        const files = (page.Contents ?? []).filter(({ Key }) => Key?.endsWith('/') === false)
        const texts = files.map(async ({ Key = '' }) => {
          const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
          found.set(Key.slice(Prefix.length), (await Body?.transformToString()) ?? '')
        })
        await Promise.all(texts)
      }
      return found
    },
    leftovers: async () => {
      const instances = (await ec2.send(new DescribeInstancesCommand({}))).Reservations ?? []
      const alive = instances.flatMap((one) => one.Instances ?? []).filter((one) => one.State?.Name !== 'terminated')
      const groups = (await ec2.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups ?? []
      return [
        ...alive.map((one) => `${one.InstanceId} ${one.State?.Name}`),
        ...((await fsx.send(new DescribeFileSystemsCommand({}))).FileSystems ?? []).map((one) => `${one.FileSystemId}`),
        ...((await ec2.send(new DescribeLaunchTemplatesCommand({}))).LaunchTemplates ?? []).map(
          (one) => `template ${one.LaunchTemplateName}`,
        ),
        ...((await ec2.send(new DescribePlacementGroupsCommand({}))).PlacementGroups ?? []).map(
          (one) => `placement group ${one.GroupName}`,
        ),
        ...groups.filter((one) => one.GroupName?.startsWith('muster-')).map((one) => `security group ${one.GroupName}`),
      ]
    },
    close: () => [s3, ec2, fsx].forEach((client) => client.destroy()),
  }
}
