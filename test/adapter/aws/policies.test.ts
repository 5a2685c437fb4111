import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { policyActions, policyDocument } from '../../../src/launch/policies.ts'

/**
 * The policies that users attach (docs/aws-account.md) hold every call that src/aws makes, and nothing that it does not make. Whoever
 * adds a call adds its action to templates/policies/user.json (or setup.json), on as few resources as can be.
 */
const root = join(import.meta.dirname, '../../..')

/** Files whose calls `muster setup` alone makes; what is rehearsed is not done. */
const SETUP =
  /src\/aws\/(?:ec2\/(?:network-(?:make|remove|observe|shown|tags)|account-network|dry-run)|iam\/(?:grant|withdraw))[\w-]*\.ts$/

/** Calls whose action has another name than the operation (Service Authorization Reference), or none at all. */
const ACTIONS: Readonly<Record<string, string | null>> = {
  's3:ListObjectsV2': 's3:ListBucket',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:HeadBucket': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:PutBucketLifecycleConfiguration': 's3:PutLifecycleConfiguration',
  's3:PutPublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  's3:DeleteObjects': 's3:DeleteObject',
  // Everybody may ask who they are.
  'sts:GetCallerIdentity': null,
}

/** What AWS asks for besides the operation itself: each with the call that brings it along. */
const IMPLIED: Readonly<Record<string, string>> = {
  'ec2:RunInstances': 'ec2:CreateFleet',
  // Its snapshots go with it.
  'ec2:DeleteSnapshot': 'ec2:DeregisterImage',
  'iam:PassRole': 'ec2:CreateFleet',
  'ec2:CreateTags': 'ec2:CreateLaunchTemplate',
  'fsx:TagResource': 'fsx:CreateFileSystem',
  's3:AbortMultipartUpload': 's3:PutObject',
  // A launch resolves `resolve:ssm:` of the template with the caller's rights.
  'ssm:GetParameters': 'ec2:CreateFleet',
  // The channel is the session's, and is opened with the caller's rights.
  'ssmmessages:OpenDataChannel': 'ssm:StartSession',
  'iam:TagInstanceProfile': 'iam:CreateInstanceProfile',
}

const PREFIX: Readonly<Record<string, string>> = { 'service-quotas': 'servicequotas' }

/** The actions of all `...Command` that files import from the SDK's clients. */
function used(files: readonly string[]): string[] {
  const actions = files.flatMap((file) => {
    const imports = readFileSync(join(root, file), 'utf8').matchAll(
      /import\s*\{([^}]*)\}\s*from '@aws-sdk\/client-([\w-]+)'/g,
    )
    return [...imports].flatMap(([, names = '', client = '']) =>
      [...names.matchAll(/\b([A-Z]\w+)Command\b(?!\w)/g)].map(([, name]) => `${PREFIX[client] ?? client}:${name}`),
    )
  })
  return [...new Set(actions.flatMap((action) => (action in ACTIONS ? (ACTIONS[action] ?? []) : action)))].toSorted()
}

const files = globSync('src/aws/**/*.ts', { cwd: root })
const userCalls = used(files.filter((file) => !SETUP.test(file)))
const setupCalls = used(files.filter((file) => SETUP.test(file)))

describe('the policies', () => {
  const [user, setup] = [policyActions('user'), policyActions('setup')]

  it('let whoever runs muster make every call of src/aws', () => {
    expect(userCalls.length).toBeGreaterThan(30)
    expect(userCalls.filter((action) => !user.includes(action))).toEqual([])
  })

  it('let whoever sets up make every call of that besides', () => {
    expect(setupCalls.length).toBeGreaterThan(30)
    expect(setupCalls.filter((action) => !user.includes(action) && !setup.includes(action))).toEqual([])
  })

  it.each([
    ['user', user, userCalls],
    ['setup', setup, [...setupCalls, ...userCalls]],
  ])('allow nothing that nothing needs: %s', (_name, actions, calls) => {
    const needed = (action: string) => calls.includes(action) || calls.includes(IMPLIED[action] ?? '')
    expect(actions.filter((action) => !needed(action))).toEqual([])
  })

  it('name every action in full: a wildcard would allow what is added tomorrow', () => {
    for (const name of ['user', 'setup', 'node'] as const) {
      expect(policyActions(name).filter((action) => !/^[a-z0-9]+:[A-Z][A-Za-z0-9]+$/.test(action))).toEqual([])
    }
  })

  it('let nobody change, remove or command what is not muster’s own', () => {
    const statements = ['user', 'setup'].flatMap((name) => statementsOf(name as 'user'))
    const wide = statements.filter(({ Resource, Condition }) => Resource === '*' && Condition === undefined)
    expect(wide.flatMap(({ Action }) => Action).filter((action) => !/:(?:Describe|Get|List)/.test(action))).toEqual([
      'ssm:CancelCommand',
    ])
  })

  it('fit into what IAM takes: 6,144 characters without white space for a managed policy', () => {
    for (const name of ['user', 'setup', 'node'] as const) {
      expect(policyDocument(name, '123456789012').replaceAll(/\s/g, '').length).toBeLessThan(6144)
    }
  })

  it('give nodes the calls that their scripts make, and no other', () => {
    expect(policyActions('node')).toEqual(['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListBucket', 's3:PutObject'])
    const scripts = globSync('templates/node/*.sh', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'))
    const services = scripts.flatMap((text) =>
      [...text.matchAll(/aws:amz:[^:]*:([a-z0-9]+)/g)].map(([, service]) => service),
    )
    expect(new Set(services)).toEqual(new Set(['s3']))
  })
})

function statementsOf(name: 'user' | 'setup' | 'node') {
  const { Statement } = JSON.parse(policyDocument(name, '123456789012')) as {
    Statement: { Action: string[]; Resource: string | string[]; Condition?: object }[]
  }
  return Statement
}
