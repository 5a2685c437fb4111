import { GetRoleCommand, SimulatePrincipalPolicyCommand, type ContextEntry } from '@aws-sdk/client-iam'
import { NODE_ROLE } from '../../core/account/observed.ts'
import type { Identity } from '../../ports/identity.ts'
import { isAwsClass } from '../error-map.ts'
import { allPages, chunks } from '../pages.ts'
import { TAG } from '../tags.ts'
import type { Iam } from './iam.ts'

/**
 * Which actions our own policies do not allow on any of the resources that muster uses (SimulatePrincipalPolicy). Null where
 * IAM may not be asked, or cannot tell (a federated user).
 */
export async function denied(iam: Iam, identity: Identity, actions: readonly string[]): Promise<string[] | null> {
  const { account, arn, region } = await identity.whoAmI()
  if (arn.endsWith(':root')) return []
  try {
    const source = await principal(iam, arn)
    if (source === null) return null
    const groups = Object.entries(Object.groupBy(actions, (action) => action.split(':')[0] ?? ''))
    const answers = groups.flatMap(([service, named = []]) =>
      chunks(named, 50).map((some) => deniedOf(iam, source, some, resources(service, account, region))),
    )
    return (await Promise.all(answers)).flat().toSorted()
  } catch (error) {
    if (isAwsClass(error, 'not-allowed', 'unsupported', 'gone', 'refused')) return null
    throw error
  }
}

/** A role's session is no principal of IAM: its role is (IAM API reference, PolicySourceArn). */
async function principal(iam: Iam, arn: string): Promise<string | null> {
  if (arn.includes(':user/')) return arn
  const role = /:assumed-role\/([^/]+)\//.exec(arn)?.[1]
  if (role === undefined) return null
  // The path of a role is in no session's name.
  return (await iam.send(new GetRoleCommand({ RoleName: role }))).Role?.Arn ?? null
}

async function deniedOf(iam: Iam, source: string, actions: readonly string[], arns: string[]): Promise<string[]> {
  const results = await allPages(async (Marker) => {
    const page = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: source,
        ActionNames: [...actions],
        ResourceArns: arns,
        ContextEntries: CONTEXT,
        Marker,
      }),
    )
    return { items: page.EvaluationResults, next: page.IsTruncated === true ? page.Marker : undefined }
  })
  return results
    .filter(
      ({ EvalDecision, ResourceSpecificResults: single = [] }) =>
        EvalDecision !== 'allowed' && !single.some((one) => one.EvalResourceDecision === 'allowed'),
    )
    .map((result) => result.EvalActionName ?? '')
}

const entry = (ContextKeyName: string, ...ContextKeyValues: string[]): ContextEntry => ({
  ContextKeyName,
  ContextKeyValues,
  ContextKeyType: ContextKeyValues.length > 1 ? 'stringList' : 'string',
})

/** Conditions of our own policies are taken as met: whether a call meets them is seen when it is made. */
const CONTEXT: ContextEntry[] = [
  ...['aws:RequestTag/', 'aws:ResourceTag/', 'ssm:resourceTag/', 'ec2:ResourceTag/'].flatMap((key) => [
    entry(`${key}${TAG.fleet}`, 'x'),
    entry(`${key}${TAG.network}`, 'x'),
  ]),
  entry('ec2:CreateAction', 'RunInstances'),
  entry('iam:PassedToService', 'ec2.amazonaws.com'),
  entry('iam:AWSServiceName', 'spot.amazonaws.com'),
  entry('iam:PolicyARN', 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore'),
]

/** One resource of each kind that policies tell apart. An action is allowed where it is on one of them. */
function resources(service: string, account: string, region: string): string[] {
  const ofRegion = (kind: string) => `arn:aws:${service}:${region}:${account}:${kind}`
  switch (service) {
    case 'ec2':
      return [
        '*',
        ...['instance', 'launch-template', 'placement-group', 'security-group', 'vpc', 'subnet', 'volume', 'image'].map(
          (kind) => ofRegion(`${kind}/x`),
        ),
      ]
    case 's3':
      return [`arn:aws:s3:::muster-${account}-${region}`, `arn:aws:s3:::muster-${account}-${region}/x`, '*']
    case 'ssm':
      return [
        '*',
        `arn:aws:ssm:${region}::document/AWS-RunShellScript`,
        `arn:aws:ssm:${region}::parameter/aws/service/x`,
      ]
    case 'fsx':
      return ['*', ofRegion('file-system/fs-x'), ofRegion('association/fs-x/dra-x'), ofRegion('task/task-x')]
    case 'iam':
      return [
        '*',
        ...['role', 'instance-profile'].map((kind) => `arn:aws:iam::${account}:${kind}/${NODE_ROLE}`),
        `arn:aws:iam::${account}:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot`,
      ]
    default:
      return ['*']
  }
}
