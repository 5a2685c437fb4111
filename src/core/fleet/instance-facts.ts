/** What muster needs to know of an instance type; always asked of the cloud (DescribeInstanceTypes), never a table. */
export interface InstanceFacts {
  readonly instanceType: string
  readonly architecture: 'x86_64' | 'arm64'
  readonly cores: number
  readonly vcpus: number
  readonly memoryMiB: number
  readonly gpus: number
  readonly efaInterfaces: number
  readonly networkCards: number
  readonly clusterPlacement: boolean
  /** Availability zones of the region that offer it. */
  readonly zones: readonly string[]
}
