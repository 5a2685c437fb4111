import type { Call, Operation } from '../../service.ts'
import { readRequest } from '../json/shape.ts'
import type { Shape } from '../json/shape.ts'
import type { IamState } from './state/iam-state.ts'

export type IamOperation = (iam: IamState) => Operation

/** Binds an operation to the account's state. What the service model forbids is a ValidationError, every fault named at once. */
export function operation<T>(
  name: string,
  shape: Shape<T>,
  handle: (input: T, iam: IamState, call: Call) => object,
): IamOperation {
  return (iam) => ({
    name,
    handle: (raw, call) => handle(readRequest(shape, raw, 'ValidationError'), iam, call),
  })
}
