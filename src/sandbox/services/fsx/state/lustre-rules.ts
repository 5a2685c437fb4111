import { AwsError } from '../../../aws-error.ts'

/**
 * Which Lustre file systems FSx makes: deployment type against storage class, size, throughput, version and the rest
 * (CreateFileSystem in the service model, fsx 2018-03-01). The defaults are AWS's, traps included: SCRATCH_1 and Lustre 2.10.
 */
export interface LustreRequest {
  readonly deployment?: Deployment | undefined
  readonly storageType?: 'SSD' | 'HDD' | 'INTELLIGENT_TIERING' | undefined
  readonly capacityGiB?: number | undefined
  readonly version?: string | undefined
  /** MB/s a TiB. */
  readonly perUnitThroughput?: number | undefined
  /** MB/s, INTELLIGENT_TIERING only. */
  readonly throughputCapacity?: number | undefined
  readonly driveCache?: string | undefined
  readonly metadata?: { readonly Mode: string; readonly Iops?: number | undefined } | undefined
  readonly readCache?: object | undefined
  readonly efa?: boolean | undefined
  readonly backupDays?: number | undefined
}

export type Deployment = 'SCRATCH_1' | 'SCRATCH_2' | 'PERSISTENT_1' | 'PERSISTENT_2'

export interface LustrePlan {
  readonly deployment: Deployment
  readonly storageType: 'SSD' | 'HDD' | 'INTELLIGENT_TIERING'
  /** Null for INTELLIGENT_TIERING, which grows by itself. */
  readonly capacityGiB: number | null
  readonly version: string
}

/** Throws BadRequest or InvalidPerUnitStorageThroughput where no such file system exists. */
export function lustrePlan(request: LustreRequest): LustrePlan {
  const deployment = request.deployment ?? 'SCRATCH_1'
  const storageType = request.storageType ?? 'SSD'
  checkDisks(deployment, storageType, request)
  checkTiering(deployment, storageType === 'INTELLIGENT_TIERING', request)
  checkThroughput(deployment, storageType, request)
  checkMetadata(deployment, storageType, request)
  const capacityGiB = storageType === 'INTELLIGENT_TIERING' ? null : checkedCapacity(deployment, storageType, request)
  return { deployment, storageType, capacityGiB, version: checkedVersion(deployment, request) }
}

const isScratch = (deployment: Deployment): boolean => deployment.startsWith('SCRATCH')

function checkDisks(deployment: Deployment, storageType: string, request: LustreRequest): void {
  if (storageType === 'HDD' && deployment !== 'PERSISTENT_1') throw bad('StorageType HDD is for PERSISTENT_1 only.')
  if (storageType === 'HDD' && request.driveCache === undefined)
    throw bad('DriveCacheType is required with StorageType HDD.')
  if (storageType !== 'HDD' && request.driveCache !== undefined)
    throw bad('DriveCacheType is for StorageType HDD only.')
  if (isScratch(deployment) && (request.backupDays ?? 0) > 0)
    throw bad('Backups are not available for scratch file systems.')
}

function checkTiering(deployment: Deployment, tiering: boolean, request: LustreRequest): void {
  if (tiering && deployment !== 'PERSISTENT_2') throw bad('StorageType INTELLIGENT_TIERING is for PERSISTENT_2 only.')
  if (tiering && request.capacityGiB !== undefined)
    throw bad('StorageCapacity must be left out with INTELLIGENT_TIERING.')
  if (tiering && request.readCache === undefined)
    throw bad('DataReadCacheConfiguration is required with INTELLIGENT_TIERING.')
  if (!tiering && request.readCache !== undefined)
    throw bad('DataReadCacheConfiguration is for INTELLIGENT_TIERING only.')
}

const THROUGHPUTS: Readonly<Record<string, readonly number[]>> = {
  'PERSISTENT_1 SSD': [50, 100, 200],
  'PERSISTENT_1 HDD': [12, 40],
  'PERSISTENT_2 SSD': [125, 250, 500, 1000],
}

function checkThroughput(deployment: Deployment, storageType: string, request: LustreRequest): void {
  const { perUnitThroughput, throughputCapacity } = request
  if (storageType === 'INTELLIGENT_TIERING') {
    if (throughputCapacity === undefined || throughputCapacity % 4000 !== 0) {
      throw bad('ThroughputCapacity must be 4000 or a multiple of 4000 with INTELLIGENT_TIERING.')
    }
  } else if (throughputCapacity !== undefined) throw bad('ThroughputCapacity is for INTELLIGENT_TIERING only.')
  const allowed = THROUGHPUTS[`${deployment} ${storageType}`] ?? []
  if (perUnitThroughput === undefined && allowed.length > 0) throw bad(THROUGHPUT_MISSING)
  if (perUnitThroughput !== undefined && !allowed.includes(perUnitThroughput)) {
    const valid = allowed.length > 0 ? `Valid values are ${allowed.join(', ')}.` : 'It must be left out.'
    const what = `PerUnitStorageThroughput ${perUnitThroughput} is invalid for ${deployment} ${storageType}.`
    throw new AwsError('InvalidPerUnitStorageThroughput', `${what} ${valid}`)
  }
}

/** As AWS says it (hashicorp/terraform-provider-aws issue 24341). */
const THROUGHPUT_MISSING =
  'Invalid Lustre deployment configuration: the provided throughput is invalid or does not meet the storage capacity requirement'

function checkMetadata(deployment: Deployment, storageType: string, { metadata, efa }: LustreRequest): void {
  if (metadata && deployment !== 'PERSISTENT_2') throw bad('MetadataConfiguration is for PERSISTENT_2 only.')
  if (efa === true && !metadata) throw bad('EfaEnabled needs PERSISTENT_2 and a MetadataConfiguration.')
  if (!metadata) return
  const tiering = storageType === 'INTELLIGENT_TIERING'
  if (metadata.Mode === 'AUTOMATIC' && tiering) throw bad('Metadata mode AUTOMATIC is for SSD file systems only.')
  if (metadata.Iops === undefined) return
  if (metadata.Mode === 'AUTOMATIC') throw bad('Metadata Iops cannot be given in mode AUTOMATIC.')
  const small = tiering ? [6000, 12_000] : [1500, 3000, 6000]
  const large = !tiering && metadata.Iops % 12_000 === 0
  if (!small.includes(metadata.Iops) && !large) throw bad(`Metadata Iops ${metadata.Iops} is not valid.`)
}

function checkedCapacity(deployment: Deployment, storageType: string, request: LustreRequest): number {
  const { capacityGiB, perUnitThroughput } = request
  if (capacityGiB === undefined) throw bad('StorageCapacity is required.')
  const { small, step, words } = sizesOf(deployment, storageType, perUnitThroughput, request.efa)
  if (small.includes(capacityGiB) || (capacityGiB > 0 && capacityGiB % step === 0)) return capacityGiB
  // The words are AWS's (aws-samples/amazon-eks-autonomous-driving-data-service issue 12).
  throw bad(`Invalid Lustre FS storage capacity: ${capacityGiB}. Must be ${words}.`)
}

export function sizesOf(
  deployment: Deployment,
  storageType: string,
  perUnitThroughput: number | undefined,
  efa = false,
): { readonly small: readonly number[]; readonly step: number; readonly words: string } {
  if (storageType === 'HDD') {
    const step = perUnitThroughput === 12 ? 6000 : 1800
    return { small: [], step, words: `a multiple of ${step}` }
  }
  // FSx for Lustre guide, increase-storage-capacity.html: 38400, 19200, 9600, 4800 GiB at 125, 250, 500, 1000 MB/s a TiB.
  if (efa) {
    const step = 4_800_000 / (perUnitThroughput ?? 125)
    return { small: [], step, words: `a multiple of ${step}` }
  }
  if (deployment === 'SCRATCH_1') return { small: [1200, 2400], step: 3600, words: '1200, 2400 or a multiple of 3600' }
  return { small: [1200], step: 2400, words: '1200 or a multiple of 2400' }
}

function checkedVersion(deployment: Deployment, { version, metadata }: LustreRequest): string {
  if (version === undefined) return deployment !== 'PERSISTENT_2' ? '2.10' : metadata ? '2.15' : '2.12'
  const allowed = deployment !== 'PERSISTENT_2' ? ['2.10', '2.12', '2.15'] : metadata ? ['2.15'] : ['2.12', '2.15']
  if (allowed.includes(version)) return version
  throw bad(`FileSystemTypeVersion ${version} is not valid for ${deployment}. Valid values are ${allowed.join(', ')}.`)
}

function bad(message: string): AwsError {
  return new AwsError('BadRequest', message)
}
