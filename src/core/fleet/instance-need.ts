/** Instance types by what they must have; a type with more of anything will do. */
export interface InstanceNeed {
  /** Physical cores; 0 asks for none in particular. */
  readonly cores: number
  readonly memoryMiB: number
  /** Null takes either. */
  readonly architecture: 'x86_64' | 'arm64' | null
  readonly gpus: number
}
