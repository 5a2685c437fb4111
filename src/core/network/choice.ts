/** Which existing network a fleet is put into: `network:` of `muster.yaml`. What is null follows from the others. */
export interface NetworkChoice {
  readonly vpc: string | null
  /** Subnet ids; null takes those of the VPC. */
  readonly subnets: readonly string[] | null
  /** Ids of the groups of every interface; null makes a group of the fleet's own. */
  readonly securityGroups: readonly string[] | null
}
