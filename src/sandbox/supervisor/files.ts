import { join } from 'node:path'

/** Where things lie in a sandbox's folder. */
export const files = {
  /** Of the running daemon; gone when it has stopped. */
  state: (home: string) => join(home, 'state.json'),
  /** The user's key pair, 0600. Kept over stop and reset, so that shells that know it go on working. */
  credentials: (home: string) => join(home, 'credentials.json'),
  log: (home: string) => join(home, 'sandbox.log'),
  /** The port that it had last, asked for again at the next start. */
  port: (home: string) => join(home, 'last-port'),
  /** Held by the daemon as long as it lives. */
  daemonLock: (home: string) => join(home, 'daemon.lock'),
  /** Held by whoever starts, stops or resets. */
  changeLock: (home: string) => join(home, 'change.lock'),
} as const
