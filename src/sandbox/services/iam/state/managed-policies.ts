/** An AWS-managed policy: everybody has them, nobody can change them. */
export interface ManagedPolicy {
  readonly arn: string
  readonly name: string
  readonly document: string
}

/**
 * Those of AWS's policies that the sandbox knows. AmazonSSMManagedInstanceCore as compiled from its policy reference
 * (https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMManagedInstanceCore.html, compiled facts, 2026-09).
 */
const POLICIES: readonly ManagedPolicy[] = [
  policy('AdministratorAccess', ['*']),
  policy('AmazonSSMManagedInstanceCore', [
    'ssm:DescribeAssociation',
    'ssm:GetDeployablePatchSnapshotForInstance',
    'ssm:GetDocument',
    'ssm:DescribeDocument',
    'ssm:GetManifest',
    'ssm:GetParameter',
    'ssm:GetParameters',
    'ssm:ListAssociations',
    'ssm:ListInstanceAssociations',
    'ssm:PutInventory',
    'ssm:PutComplianceItems',
    'ssm:PutConfigurePackageResult',
    'ssm:UpdateAssociationStatus',
    'ssm:UpdateInstanceAssociationStatus',
    'ssm:UpdateInstanceInformation',
    'ssmmessages:CreateControlChannel',
    'ssmmessages:CreateDataChannel',
    'ssmmessages:OpenControlChannel',
    'ssmmessages:OpenDataChannel',
    'ec2messages:AcknowledgeMessage',
    'ec2messages:DeleteMessage',
    'ec2messages:FailMessage',
    'ec2messages:GetEndpoint',
    'ec2messages:GetMessages',
    'ec2messages:SendReply',
  ]),
]

export function managedPolicy(arn: string): ManagedPolicy | undefined {
  return POLICIES.find((known) => known.arn === arn)
}

export const ADMINISTRATOR_ACCESS = 'arn:aws:iam::aws:policy/AdministratorAccess'
export const SSM_MANAGED_INSTANCE_CORE = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore'

function policy(name: string, actions: readonly string[]): ManagedPolicy {
  const statement = { Effect: 'Allow', Action: actions, Resource: '*' }
  return {
    arn: `arn:aws:iam::aws:policy/${name}`,
    name,
    document: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  }
}
