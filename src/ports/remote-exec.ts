/**
 * Runs short scripts on nodes as root: control, not bulk. Output is what the cloud keeps (24,000 and 8,000 characters)
 * and comes when the script has ended.
 */
export interface RemoteExec {
  /** Ids out of `nodeIds` whose agent is online. */
  online(nodeIds: readonly string[]): Promise<ReadonlySet<string>>
  /**
   * Runs one script on all nodes at once and waits for all to end; results in the order of `nodeIds`. A script that fails
   * is a result, not an exception, and so is a node that cannot be reached (`undelivered`); throws where the cloud refuses
   * the command itself. Aborting cancels it on the nodes, best effort.
   */
  run(nodeIds: readonly string[], script: RemoteScript, signal?: AbortSignal): Promise<readonly RemoteResult[]>
  /** Gives all nodes a script and does not wait for it: one call for 50 nodes. Nodes that cannot be reached go without. */
  tell(nodeIds: readonly string[], script: RemoteScript): Promise<void>
}

export interface RemoteScript {
  /** Shown in the cloud's own console: which action of ours this is. At most 100 characters. */
  readonly comment: string
  /** The text, run by /bin/sh; no secret may be in it. */
  readonly text: string
  readonly timeoutS: number
}

export interface RemoteResult {
  readonly nodeId: string
  readonly outcome: 'success' | 'failed' | 'timed-out' | 'undelivered' | 'cancelled'
  /** -1 where nothing ran. */
  readonly exitCode: number
  readonly stdout: string
  /** The agent may add a line of its own where a script fails. */
  readonly stderr: string
}
