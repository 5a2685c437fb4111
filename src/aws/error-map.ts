import { isMusterError, MusterError } from '../core/errors/muster-error.ts'
import { classOfCode, type AwsErrorClass } from './error-codes.ts'
import { WORDS, type AwsSays, type CallContext } from './error-words.ts'

interface SdkError extends Error {
  readonly code?: string
  readonly hostname?: string
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
}

/** The only place where what AWS throws becomes a MusterError. Its data carries operation, region, request id and AWS's code. */
export function toMusterError(caught: unknown, context: CallContext): MusterError {
  if (isMusterError(caught)) return caught
  const error = (caught instanceof Error ? caught : new Error(String(caught))) as SdkError
  const awsCode = codeOf(error)
  const { httpStatusCode: status, requestId } = error.$metadata ?? {}
  const code = awsCode ?? (status === undefined ? 'no answer' : `HTTP ${status}`)
  const address = context.endpoint ?? error.hostname ?? `${context.service}.${context.region}.amazonaws.com`
  const message = error.message.split('\n')[0] ?? ''
  return awsError(classify(awsCode, status, context, message), { code, message, address }, context, {
    cause: caught,
    data: { httpStatus: status, requestId },
  })
}

/** Also for codes that come inside an answer, such as CreateFleet's. */
export function awsError(
  awsClass: AwsErrorClass,
  aws: AwsSays,
  context: CallContext,
  more: { readonly cause?: unknown; readonly data?: Readonly<Record<string, unknown>> } = {},
): MusterError {
  const { code, say, suggest } = WORDS[awsClass]
  const suggestions = suggest(context)
  const { service, operation, region } = context
  return new MusterError(code, say(context, aws), {
    cause: more.cause,
    ...(suggestions === null ? {} : { suggestions }),
    data: { service, operation, region, awsCode: aws.code, awsClass, ...more.data },
  })
}

/** True for an error of the given classes that came out of this room. */
export function isAwsClass(error: unknown, ...wanted: readonly AwsErrorClass[]): boolean {
  return isMusterError(error) && wanted.includes(error.data['awsClass'] as AwsErrorClass)
}

function classify(
  awsCode: string | null,
  status: number | undefined,
  context: CallContext,
  message: string,
): AwsErrorClass {
  const known = awsCode === null ? 'refused' : classOfCode(awsCode)
  // The SDK's own errors of a login that is over (a CredentialsProviderError), and EC2's AuthFailure, say so in words alone.
  const isOfCredentials = known === 'no-credentials' || known === 'bad-credentials'
  if (isOfCredentials && /\bexpired\b/i.test(message)) return 'expired-credentials'
  if (known !== 'refused') return known
  if (status === 501) return 'unsupported'
  if (status === 404 && context.service === 's3') return 'gone'
  // Another endpoint's own error page: it crashed on, or never heard of, the operation.
  if (awsCode === null && status !== undefined && context.endpoint !== null) return 'unsupported'
  return status === 403 ? 'not-allowed' : 'refused'
}

/** The code that AWS (or Node, for a connection) gave; null where the answer was none of AWS's. */
function codeOf(error: SdkError): string | null {
  if (error.code !== undefined && /^E[A-Z_]+$/.test(error.code)) return error.code
  return ['Error', 'SyntaxError', 'TypeError', 'Unknown', 'UnknownError'].includes(error.name) ? null : error.name
}
