import { createHmac } from 'node:crypto'

/** What opens `/_sandbox/`: made from the user's secret key, which only who may read credentials.json knows. */
export function adminToken(secretAccessKey: string): string {
  return createHmac('sha256', secretAccessKey).update('muster sandbox admin').digest('hex')
}
