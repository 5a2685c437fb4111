/** Terminals on nodes, through the cloud's own channel: no port of the node is open, and nothing is installed on this machine. */
export interface RemoteShell {
  /**
   * Opens a terminal on a node and runs a command in it (`sh -c`), as the user that the cloud gives: the command makes itself another
   * one. A node that is online may be reached a little later: it is tried again for a while.
   *
   * @throws MusterError NodeOffline where it is not connected.
   */
  open(nodeId: string, command: string, options: ShellOptions): Promise<ShellChannel>
}

export interface ShellOptions {
  readonly signal: AbortSignal
  /** The line broke, and is being made again; or it stands again. Nothing is lost meanwhile. */
  readonly onLine: (state: 'broken' | 'whole') => void
}

/** One terminal. It goes on through short breaks of the network. */
export interface ShellChannel {
  /** Bytes as if they were typed. Resolves when more may come. */
  write(bytes: Uint8Array): Promise<void>
  resize(size: TerminalSize): void
  /**
   * What the terminal shows, in order, nothing twice; ends with the terminal. Read slowly, the program in it has to wait.
   * Throws ShellLost where the line is gone for good.
   */
  readonly output: AsyncIterable<Uint8Array>
  /** Ends the terminal and what runs in it; does nothing where it has ended. */
  close(): Promise<void>
}

export interface TerminalSize {
  readonly columns: number
  readonly rows: number
}
