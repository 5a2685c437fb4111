import type { ErrorCode } from '../core/errors/codes.ts'
import { shellQuote } from '../kit/shell-quote.ts'
import type { AwsErrorClass } from './error-codes.ts'

/** What was tried when an error came. */
export interface CallContext {
  /** As in IAM actions: `ec2`, `ssm`, `fsx`, `s3`, `sts`. */
  readonly service: string
  readonly operation: string
  readonly region: string
  /** Null where AWS itself is asked. */
  readonly endpoint: string | null
  /** True where muster itself chose the endpoint, false where the user's configuration names it. */
  readonly endpointIsOurs?: boolean
  /** The profile that was asked for; none takes the default one. */
  readonly profile?: string | null
}

/** AWS's own side of it. */
export interface AwsSays {
  readonly code: string
  readonly message: string
  /** Where the call went. */
  readonly address: string
}

interface Words {
  readonly code: ErrorCode
  readonly say: (call: CallContext, aws: AwsSays) => string
  /** Null leaves the code's own hint. */
  readonly suggest: (call: CallContext) => readonly string[] | null
}

const what = (call: CallContext) => `${call.service} ${call.operation}`
const refused: Words['say'] = (call, aws) => `${what(call)} in ${call.region} was refused: ${aws.message} (${aws.code})`
const inProfile = (call: CallContext) => (call.profile ? ` in profile '${call.profile}'` : '')
const profileFlag = (call: CallContext) => (call.profile ? ` --profile ${shellQuote(call.profile)}` : '')
const plain = (code: ErrorCode): Words => ({ code, say: refused, suggest: () => null })

/** What each class of AWS's errors is for muster: its code, the sentence and the next command. */
export const WORDS: Readonly<Record<AwsErrorClass, Words>> = {
  capacity: plain('CapacityShortage'),
  'network-space': {
    code: 'CapacityShortage',
    say: refused,
    suggest: () => ['name larger subnets in muster.yaml, or end what holds addresses of this one'],
  },
  quota: plain('QuotaExceeded'),
  throttle: {
    code: 'Throttled',
    say: (call, aws) => `AWS throttled ${what(call)} in ${call.region} for too long (${aws.code})`,
    suggest: () => null,
  },
  'no-credentials': {
    code: 'CredentialsMissing',
    say: (call, aws) => `no AWS credentials were found${inProfile(call)} for ${what(call)} (${aws.message})`,
    suggest: (call) => [`aws configure${profileFlag(call)}`, `aws sso login${profileFlag(call)}`],
  },
  'expired-credentials': {
    code: 'CredentialsExpired',
    say: (call, aws) => `the credentials${inProfile(call)} have expired (${aws.code})`,
    suggest: (call) => [`aws sso login${profileFlag(call)}`],
  },
  'bad-credentials': {
    code: 'CredentialsRefused',
    say: (call, aws) => `AWS did not take the credentials for ${what(call)} (${aws.code}: ${aws.message})`,
    suggest: (call) => [`aws sso login${profileFlag(call)}`, `aws sts get-caller-identity${profileFlag(call)}`],
  },
  'not-allowed': {
    code: 'NotAllowed',
    say: (call, aws) => `not allowed to do ${call.service}:${call.operation} in ${call.region} (${aws.message})`,
    suggest: (call) => [`ask for ${call.service}:${call.operation} to be added to your policy`],
  },
  'no-spot-role': {
    code: 'NotAllowed',
    say: refused,
    suggest: (call) => [`aws iam create-service-linked-role --aws-service-name spot.amazonaws.com${profileFlag(call)}`],
  },
  unsupported: {
    code: 'NotSupported',
    say: (call, aws) => `${aws.address} does not know ${what(call)} (${aws.code})`,
    suggest: () => null,
  },
  unreachable: {
    code: 'CloudUnreachable',
    say: (call, aws) => `cannot reach ${aws.address} for ${what(call)} (${aws.code})`,
    suggest: (call) => {
      if (call.endpoint === null) return ['check the network and the name of the region, then try again']
      return call.endpointIsOurs === true ? null : ['check AWS_ENDPOINT_URL, or unset it to ask AWS itself']
    },
  },
  'in-use': plain('FleetBusy'),
  'unknown-type': plain('InstanceTypeUnknown'),
  gone: plain('CloudRefused'),
  duplicate: plain('CloudRefused'),
  'not-managed': plain('CloudRefused'),
  'not-connected': plain('NodeOffline'),
  'no-image': plain('CloudRefused'),
  'bad-network': plain('CloudRefused'),
  refused: plain('CloudRefused'),
}
