/** What AWS would answer: its code, its words, its HTTP status. Anything else that an operation throws becomes InternalError. */
export class AwsError extends Error {
  readonly code: string
  readonly status: number
  /** Further members of the error's body, such as S3's BucketName. */
  readonly fields: Readonly<Record<string, string>>

  constructor(code: string, message: string, status = 400, fields: Readonly<Record<string, string>> = {}) {
    super(message)
    this.name = 'AwsError'
    this.code = code
    this.status = status
    this.fields = fields
  }
}
