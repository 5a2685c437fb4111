import { AwsError } from '../../aws-error.ts'
import { readRequest, text } from '../json/shape.ts'
import type { Shape } from '../json/shape.ts'

/** Shapes that several of SSM's operations share (limits from the service model, ssm 2014-11-06). */
export const INSTANCE_ID = text({ pattern: /(^i-(\w{8}|\w{17})$)|(^mi-\w{17}$)/ })
export const COMMAND_ID = text({ min: 36, max: 36 })
export const SESSION_ID = text({ min: 1, max: 96 })

/** Reads a request; what the model forbids is a ValidationException. */
export function read<T>(shape: Shape<T>, input: unknown): T {
  return readRequest(shape, input, 'ValidationException')
}

export const invalidNextToken = (): AwsError => new AwsError('InvalidNextToken', 'The specified token is invalid.')

/** The first word that is there twice. */
export function duplicateOf(words: readonly string[]): string | undefined {
  return words.find((word, index) => words.indexOf(word) !== index)
}

/** A time as SSM puts it on the wire: seconds since the epoch. */
export const seconds = (ms: number): number => ms / 1000
