import { isMusterError } from '../core/errors/muster-error.ts'
import { isAwsClass } from './error-map.ts'

/**
 * Asks for what a fleet can do without: where the endpoint has no such operation the answer is `otherwise`. Every other failure is
 * one. AWS itself says UnsupportedOperation where a region or an account lacks something.
 */
export async function whereOffered<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (isNotOffered(error)) return otherwise
    throw error
  }
}

export function isNotOffered(error: unknown): boolean {
  return isAwsClass(error, 'unsupported') || (isMusterError(error) && error.data['awsCode'] === 'UnsupportedOperation')
}
