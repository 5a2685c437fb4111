/**
 * Every way in which muster fails, with the exit code and what to do about it. A code is a promise to scripts: it is added
 * to, never renamed. `suggest` is the default hint; a thrower that knows better gives its own.
 */
export interface ErrorKind {
  readonly exit: number
  readonly suggest: string
}

export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  declined: 3,
  auth: 4,
  capacity: 5,
  partial: 6,
  stillRunning: 8,
  bug: 70,
  /** muster's own failure in `muster run`, where every other code belongs to the job (as `env` and `timeout` do). */
  runFailed: 125,
  interrupted: 130,
} as const

export const ERRORS = {
  UsageInvalid: { exit: EXIT.usage, suggest: 'muster COMMAND --help' },
  ConfigInvalid: { exit: EXIT.usage, suggest: 'correct the line that is named and run the command again' },
  JobFileMissing: { exit: EXIT.usage, suggest: 'ls jobs/' },
  JobFileInvalid: { exit: EXIT.usage, suggest: 'correct the line that is named and run the command again' },
  JobUnknown: { exit: EXIT.usage, suggest: 'muster status' },
  FleetUnknown: { exit: EXIT.usage, suggest: 'muster status' },
  InstanceTypeUnknown: { exit: EXIT.usage, suggest: 'choose one of the types that are named' },
  InstanceTypeUnfit: { exit: EXIT.usage, suggest: 'choose one of the types that are named' },
  NetworkUnfit: { exit: EXIT.usage, suggest: 'muster doctor' },
  ImageUnknown: { exit: EXIT.usage, suggest: 'muster image list' },
  ImageFailed: { exit: EXIT.failed, suggest: 'run the same command again' },
  ImageUnfit: { exit: EXIT.usage, suggest: 'image: auto in muster.yaml' },
  NetworkInUse: { exit: EXIT.failed, suggest: 'muster status' },
  SetupFailed: { exit: EXIT.failed, suggest: 'muster setup --remove' },
  FleetBusy: { exit: EXIT.failed, suggest: 'muster status' },
  FleetMismatch: { exit: EXIT.failed, suggest: 'muster down FLEET' },
  CredentialsMissing: { exit: EXIT.auth, suggest: 'aws sso login' },
  CredentialsExpired: { exit: EXIT.auth, suggest: 'aws sso login' },
  CredentialsRefused: { exit: EXIT.auth, suggest: 'aws sts get-caller-identity' },
  NotAllowed: { exit: EXIT.auth, suggest: 'ask for the action that is named to be added to your policy' },
  CapacityShortage: {
    exit: EXIT.capacity,
    suggest:
      'run the same command again with --wait-capacity 30m, or name more types, zones or ways to buy in muster.yaml',
  },
  QuotaExceeded: { exit: EXIT.capacity, suggest: 'aws service-quotas list-service-quotas --service-code ec2' },
  LimitExceeded: { exit: EXIT.capacity, suggest: 'raise the limit that is named in muster.yaml' },
  PartialCohort: { exit: EXIT.partial, suggest: 'run the same command again' },
  Throttled: { exit: EXIT.failed, suggest: 'run the same command again' },
  CloudUnreachable: { exit: EXIT.failed, suggest: 'muster sandbox status' },
  CloudRefused: { exit: EXIT.failed, suggest: 'run the same command again with -v to see the request' },
  NotSupported: { exit: EXIT.failed, suggest: 'choose another endpoint: this one does not know the operation' },
  NodeNeverStarted: { exit: EXIT.failed, suggest: 'muster down FLEET' },
  NodeNeverRegistered: { exit: EXIT.failed, suggest: 'muster down FLEET' },
  NodeUnknown: { exit: EXIT.usage, suggest: 'muster status --nodes' },
  NodeOffline: { exit: EXIT.failed, suggest: 'muster status --nodes' },
  ShellLost: { exit: EXIT.failed, suggest: 'run the same command again' },
  NodeDied: { exit: EXIT.failed, suggest: 'run the same command again' },
  StorageFailed: { exit: EXIT.failed, suggest: 'muster down FLEET' },
  /** The data are kept; what it costs and where they are is said. */
  ExportFailed: { exit: EXIT.partial, suggest: 'muster down FLEET' },
  DataUnexported: { exit: EXIT.failed, suggest: 'muster storage delete NAME --discard-data' },
  InstallFailed: { exit: EXIT.failed, suggest: 'muster down FLEET' },
  MountFailed: { exit: EXIT.failed, suggest: 'muster down FLEET' },
  TrustFailed: { exit: EXIT.failed, suggest: 'muster down FLEET' },
  VerifyFailed: { exit: EXIT.failed, suggest: 'muster down FLEET' },
  RenewFailed: { exit: EXIT.failed, suggest: 'muster status' },
  TeardownIncomplete: { exit: EXIT.failed, suggest: 'muster down FLEET' },
  JobFailed: { exit: EXIT.failed, suggest: 'muster logs JOB' },
  JobStillRunning: { exit: EXIT.stillRunning, suggest: 'muster logs JOB -f' },
  JobStartFailed: { exit: EXIT.failed, suggest: 'muster logs JOB' },
  TransferFailed: { exit: EXIT.failed, suggest: 'run the same command again' },
  StoreNewer: { exit: EXIT.failed, suggest: 'use the newer muster that made it' },
  StoreDamaged: { exit: EXIT.failed, suggest: 'move the file that is named away, and submit the jobs again' },
  LeaseLost: { exit: EXIT.failed, suggest: 'muster status' },
  DiskFull: { exit: EXIT.failed, suggest: 'df -h' },
  SandboxFailed: { exit: EXIT.failed, suggest: 'muster sandbox status' },
  SandboxNotRunning: { exit: EXIT.failed, suggest: 'muster sandbox start' },
  Declined: { exit: EXIT.declined, suggest: 'run the command again with --yes' },
  Interrupted: { exit: EXIT.interrupted, suggest: 'muster status' },
  Bug: { exit: EXIT.bug, suggest: 'run the command again with -v' },
} as const satisfies Record<string, ErrorKind>

export type ErrorCode = keyof typeof ERRORS
