import type { Operation } from '../../service.ts'

/** Says whose key signed the call: the user's, or the role session of an instance. */
export const getCallerIdentity: Operation = {
  name: 'GetCallerIdentity',
  handle: (_input, { caller }) => ({ Arn: caller.arn, UserId: caller.userId, Account: caller.account }),
}
