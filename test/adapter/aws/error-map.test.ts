import { describe, expect, it } from 'vitest'
import { isAwsClass, toMusterError } from '../../../src/aws/error-map.ts'
import { MusterError } from '../../../src/core/errors/muster-error.ts'
import { awsFailure } from './settings.ts'

const aws = { service: 'ec2', operation: 'CreateFleet', region: 'us-east-1', endpoint: null }
const elsewhere = { ...aws, endpoint: 'http://127.0.0.1:4566' }

describe('AWS errors', () => {
  it.each([
    ['InsufficientInstanceCapacity', 500, 'CapacityShortage'],
    ['Unsupported', 400, 'CapacityShortage'],
    ['InsufficientFreeAddressesInSubnet', 400, 'CapacityShortage'],
    ['VcpuLimitExceeded', 400, 'QuotaExceeded'],
    ['ServiceLimitExceeded', 400, 'QuotaExceeded'],
    ['RequestLimitExceeded', 503, 'Throttled'],
    ['ThrottlingException', 400, 'Throttled'],
    ['SlowDown', 503, 'Throttled'],
    ['CredentialsProviderError', 0, 'CredentialsMissing'],
    ['ExpiredToken', 400, 'CredentialsExpired'],
    ['SignatureDoesNotMatch', 403, 'CredentialsRefused'],
    ['AuthFailure', 401, 'CredentialsRefused'],
    ['UnauthorizedOperation', 403, 'NotAllowed'],
    ['AccessDeniedException', 400, 'NotAllowed'],
    ['SomethingNew', 403, 'NotAllowed'],
    ['InvalidAction', 400, 'NotSupported'],
    ['UnknownOperationException', 404, 'NotSupported'],
    ['AnyName', 501, 'NotSupported'],
    ['DependencyViolation', 400, 'FleetBusy'],
    ['InvalidPlacementGroup.InUse', 400, 'FleetBusy'],
    ['InvalidParameterValue', 400, 'CloudRefused'],
    ['InternalError', 500, 'CloudRefused'],
  ])('%s (HTTP %i) is %s', (name, status, code) => {
    const error = toMusterError(awsFailure(name, 'the words of AWS', status), aws)
    expect(error).toMatchObject({
      code,
      data: { awsCode: name, operation: 'CreateFleet', region: 'us-east-1', requestId: 'req-1' },
    })
    expect(error.suggestions.length).toBeGreaterThan(0)
    expect(error.cause).toBeInstanceOf(Error)
  })

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'ETIMEDOUT'])('%s names where it went', (code) => {
    const lost = Object.assign(new Error('no way'), { code })
    expect(toMusterError(lost, elsewhere)).toMatchObject({
      code: 'CloudUnreachable',
      message: `cannot reach http://127.0.0.1:4566 for ec2 CreateFleet (${code})`,
    })
    expect(toMusterError(lost, aws).message).toContain('ec2.us-east-1.amazonaws.com')
  })

  it('name the action that a policy lacks', () => {
    const error = toMusterError(awsFailure('UnauthorizedOperation', 'no', 403), aws)
    expect(error.message).toContain('ec2:CreateFleet')
    expect(error.suggestions[0]).toContain('ec2:CreateFleet')
  })

  it('say how to get credentials', () => {
    const error = toMusterError(awsFailure('CredentialsProviderError', 'none'), aws)
    expect(error.suggestions).toEqual(['aws configure', 'aws sso login'])
    expect(error.exitCode).toBe(4)
    const named = toMusterError(awsFailure('CredentialsProviderError', 'none'), { ...aws, profile: 'hpc lab' })
    expect(named.message).toContain("in profile 'hpc lab'")
    expect(named.suggestions[0]).toBe("aws configure --profile 'hpc lab'")
  })

  it("take another endpoint's own error page for an operation that it lacks, and AWS's for a failure", () => {
    const page = Object.assign(new SyntaxError('not JSON'), { $metadata: { httpStatusCode: 500 } })
    expect(toMusterError(page, elsewhere).code).toBe('NotSupported')
    expect(toMusterError(page, aws).code).toBe('CloudRefused')
  })

  it('tell classes apart for the adapters, and let our own errors through', () => {
    const gone = toMusterError(awsFailure('InvalidInstanceID.NotFound'), aws)
    expect([isAwsClass(gone, 'gone'), isAwsClass(gone, 'duplicate'), isAwsClass(new Error('x'), 'gone')]).toEqual([
      true,
      false,
      false,
    ])
    const ours = new MusterError('Bug', 'ours')
    expect(toMusterError(ours, aws)).toBe(ours)
  })
})
