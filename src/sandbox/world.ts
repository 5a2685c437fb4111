import type { SandboxClock } from './clock.ts'
import type { Credentials, Principal } from './credentials.ts'
import type { Faults } from './faults/faults.ts'
import type { Machine, Machines } from './machines/machine.ts'

/**
 * What the services share. They see each other only through the directories below, as AWS's services see each other
 * only through their APIs.
 */
export interface World {
  /** Twelve digits. */
  readonly account: string
  /** The sandbox's folder: everything that it writes is below it. */
  readonly home: string
  /** The port on 127.0.0.1 that answers the APIs, also inside every node. */
  readonly port: number
  readonly clock: SandboxClock
  readonly credentials: Credentials
  readonly faults: Faults
  readonly machines: Machines
  readonly pace: Pace
  /** Filled in by the services as they are made. */
  readonly directories: Directories
}

/** How long things take, in milliseconds on the sandbox's clock. */
export interface Pace {
  /** RunInstances/CreateFleet until the instance is running. */
  readonly pendingMs: number
  /** How long describe calls do not show what was just written. */
  readonly describeLagMs: number
  readonly shuttingDownMs: number
  /** CreateFileSystem until AVAILABLE. */
  readonly fileSystemMs: number
  readonly fileSystemDeletingMs: number
  /** After an agent's connection breaks, until DescribeInstanceInformation says ConnectionLost. */
  readonly pingLostMs: number
  /** SendCommand until an online agent has the command; 0 where it is not given (AWS's own latency is not imitated). */
  readonly deliveryMs?: number
  /** How long EC2 does not know what was just made or changed in IAM; 0 where it is not given. */
  readonly iamLagMs?: number
  /** CreateNatGateway until it is available, and DeleteNatGateway until it is deleted; 0 where it is not given. */
  readonly natGatewayMs?: number
  /** The same for an endpoint of interfaces; 0 where it is not given. */
  readonly vpcEndpointMs?: number
  /** A data repository task until it executes; 0 where it is not given. */
  readonly repositoryTaskMs?: number
  /** CreateImage until the image is available, at the least; 0 where it is not given. */
  readonly imageMs?: number
  /** How long a request for a higher quota stays open until it is approved; 0 where it is not given. */
  readonly quotaApprovalMs?: number
}

export interface Directories {
  instances?: InstanceDirectory
  networks?: NetworkDirectory
  fileSystems?: FileSystemDirectory
  agents?: AgentDirectory
  iam?: IamDirectory
  objects?: ObjectDirectory
  quotas?: QuotaDirectory
}

/** EC2's, for SSM. */
export interface InstanceDirectory {
  find(region: string, instanceId: string): InstanceSummary | undefined
  list(region: string): readonly InstanceSummary[]
  /** What gives the instance its life; undefined before it boots and once it is terminated. */
  machine(region: string, instanceId: string): Machine | undefined
}

export interface InstanceSummary {
  readonly instanceId: string
  readonly state: 'pending' | 'running' | 'stopping' | 'stopped' | 'shutting-down' | 'terminated'
  readonly tags: ReadonlyMap<string, string>
  readonly privateIp: string
  readonly hostname: string
  readonly instanceProfile: string | null
}

/** EC2's, for FSx. */
export interface NetworkDirectory {
  subnet(region: string, subnetId: string): { readonly vpcId: string; readonly zone: string } | undefined
  securityGroup(
    region: string,
    groupId: string,
  ): { readonly vpcId: string; allowsLustre(): boolean; allowsAllOfItself(): boolean } | undefined
  /** Makes the interface that a file system holds in a subnet: it blocks the security group's deletion until removed. */
  addInterface(
    region: string,
    subnetId: string,
    groupIds: readonly string[],
    description: string,
  ): { readonly id: string; readonly privateIp: string; remove(): void }
}

/** FSx's, for machines: what `mount -t lustre` asks. */
export interface FileSystemDirectory {
  /** The folder behind `<dnsName>@tcp:/<mountName>`, or why Lustre would refuse. */
  mount(dnsName: string, mountName: string): { readonly path: string } | { readonly refusal: string }
}

/** S3's, for FSx. All but `bucket` throw AwsError NoSuchBucket. */
export interface ObjectDirectory {
  bucket(name: string): { readonly region: string } | undefined
  /** In S3's order. */
  list(
    bucket: string,
    prefix: string,
  ): readonly {
    readonly key: string
    readonly size: number
    readonly etag: string
    readonly metadata: Readonly<Record<string, string>>
  }[]
  read(bucket: string, key: string): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array>>
  /** The ETag of what was written. Throws KeyTooLongError. */
  write(
    bucket: string,
    key: string,
    content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    metadata: Readonly<Record<string, string>>,
  ): Promise<string>
}

/** SSM's, for EC2: machines report here that an agent came or went. */
export interface AgentDirectory {
  online(region: string, instanceId: string): void
  lost(region: string, instanceId: string): void
  gone(region: string, instanceId: string): void
}

/** A call that is to be held to the caller's policies. */
export interface CheckedCall {
  readonly caller: Principal
  /** The signing name. */
  readonly service: string
  readonly operation: string
  readonly region: string
  /** As decoded from the wire. */
  readonly input: Readonly<Record<string, unknown>>
}

/** IAM's, for EC2 and for whoever answers calls. */
export interface IamDirectory {
  /** Why the caller may not do this, in AWS's words; null where they may. */
  refusal(call: CheckedCall): string | null
  /** The instance profile as EC2 knows it: undefined while it is unknown, its role null while it has none that EC2 has heard of. */
  instanceProfile(name: string):
    | {
        readonly id: string
        readonly arn: string
        readonly role: { readonly name: string; readonly id: string } | null
      }
    | undefined
}

/** Service Quotas', for EC2. */
export interface QuotaDirectory {
  /** The applied value of one of a service's quotas; undefined where it is not known, and nothing limits then. */
  applied(region: string, serviceCode: string, quotaCode: string): number | undefined
}
