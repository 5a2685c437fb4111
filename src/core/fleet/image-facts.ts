/** What must be known of a machine image before nodes are launched from it. */
export interface ImageFacts {
  /** `ami-...`, also where the image was named by a parameter. */
  readonly id: string
  readonly name: string
  /** Null for one that EC2 instances of today do not boot (i386), or where the cloud does not say. */
  readonly architecture: 'x86_64' | 'arm64' | null
  /** True where the image has the driver of the Elastic Network Adapter switched on. */
  readonly ena: boolean
  /** `/dev/xvda`; null where the cloud does not say. */
  readonly rootDeviceName: string | null
}
