import { AwsError } from '../../aws-error.ts'

/** S3's errors, after the list at https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (compiled facts, 2026-09). */
export const s3Errors = {
  accessDenied: () => new AwsError('AccessDenied', 'Access Denied', 403),
  noSuchPart: () => new AwsError('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416),
  noSuchBucket: (BucketName: string) =>
    new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName }),
  noSuchKey: (Key: string) => new AwsError('NoSuchKey', 'The specified key does not exist.', 404, { Key }),
  noSuchUpload: (UploadId: string) =>
    new AwsError(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      404,
      { UploadId },
    ),
  bucketAlreadyOwnedByYou: (BucketName: string) =>
    new AwsError(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      409,
      { BucketName },
    ),
  bucketNotEmpty: (BucketName: string) =>
    new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, { BucketName }),
  invalidBucketName: (BucketName: string) =>
    new AwsError('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName }),
  illegalLocation: (constraint: string) =>
    new AwsError(
      'IllegalLocationConstraintException',
      constraint === ''
        ? 'The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.'
        : `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    ),
  invalidLocation: (LocationConstraint: string) =>
    new AwsError('InvalidLocationConstraint', 'The specified location-constraint is not valid', 400, {
      LocationConstraint,
    }),
  wrongRegion: (region: string, expected: string) =>
    new AwsError(
      'AuthorizationHeaderMalformed',
      `The authorization header is malformed; the region '${region}' is wrong; expecting '${expected}'`,
      400,
      { Region: expected },
    ),
  keyTooLong: (size: number) =>
    new AwsError('KeyTooLongError', 'Your key is too long', 400, { Size: String(size), MaxSizeAllowed: '1024' }),
  invalidUri: (URI: string) => new AwsError('InvalidURI', "Couldn't parse the specified URI.", 400, { URI }),
  invalidArgument: (message: string, ArgumentName: string, ArgumentValue: string) =>
    new AwsError('InvalidArgument', message, 400, { ArgumentName, ArgumentValue }),
  invalidRequest: (message: string) => new AwsError('InvalidRequest', message),
  malformedXml: () =>
    new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    ),
  entityTooLarge: (most: number) =>
    new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400, {
      MaxSizeAllowed: String(most),
    }),
  entityTooSmall: (number: number, size: number, etag: string) =>
    new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400, {
      ProposedSize: String(size),
      MinSizeAllowed: '5242880',
      PartNumber: String(number),
      ETag: etag,
    }),
  invalidPart: (UploadId: string, number: number, ETag: string) =>
    new AwsError(
      'InvalidPart',
      "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      400,
      { UploadId, PartNumber: String(number), ETag },
    ),
  invalidPartOrder: (UploadId: string) =>
    new AwsError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
      400,
      { UploadId },
    ),
  badDigest: (message = 'The Content-MD5 you specified did not match what we received.') =>
    new AwsError('BadDigest', message),
  invalidDigest: () => new AwsError('InvalidDigest', 'The Content-MD5 you specified was invalid.'),
  missingContentLength: () =>
    new AwsError('MissingContentLength', 'You must provide the Content-Length HTTP header.', 411),
  incompleteBody: () =>
    new AwsError(
      'IncompleteBody',
      'You did not provide the number of bytes specified by the Content-Length HTTP header',
    ),
  invalidRange: (RangeRequested: string, size: number) =>
    new AwsError('InvalidRange', 'The requested range is not satisfiable', 416, {
      RangeRequested,
      ActualObjectSize: String(size),
    }),
  preconditionFailed: (Condition: string) =>
    new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
      Condition,
    }),
  // As versity/versitygw#2108 recorded it from S3.
  headerNotImplemented: (Header: string) =>
    new AwsError('NotImplemented', 'A header you provided implies functionality that is not implemented', 501, {
      Header,
      additionalMessage: `We don't accept the provided value of ${Header} header for this API`,
    }),
  notModified: () => new AwsError('NotModified', 'Not Modified', 304),
  diskFull: () =>
    new AwsError(
      'InternalError',
      "We encountered an internal error. Please try again. (The disk with the sandbox's folder is full: free some space.)",
      500,
    ),
} as const
