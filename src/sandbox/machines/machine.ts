/** Gives instances a life: namespaces (Linux, root), process groups (anywhere), or nothing but a script (simulated). */
export interface Machines {
  readonly kind: 'namespace' | 'process' | 'simulated'
  /**
   * Starts to boot and returns at once: address and hostname, agent, sshd, then the user data as root. Events tell the rest.
   * An agent registers as soon as it runs, as AWS's does: it does not wait for the user data.
   */
  boot(spec: MachineSpec, events: MachineEvents): Machine
  /** Ends every machine and removes what they share (switch, sockets, folders). */
  close(): Promise<void>
}

export interface MachineSpec {
  readonly instanceId: string
  readonly region: string
  /** `ip-172-31-5-7.ec2.internal`, as EC2 shows it. */
  readonly hostname: string
  readonly privateIp: string
  /** Prefix length of the network that all nodes of the VPC share. */
  readonly prefixLength: number
  /** The VPC's id: nodes of different networks do not reach each other, whatever their addresses. */
  readonly network: string
  /** How many EFA devices are attached: the node gets a stand-in of `fi_info` that lists them. */
  readonly efaInterfaces: number
  /** A folder that `saveDisk` of an earlier machine filled: the node begins with what it held. */
  readonly disk?: string | null
  /** Decoded user data; null where there is none. */
  readonly userData: Uint8Array | null
  /** IMDS: the answer for a path below `/latest/`, such as `meta-data/instance-id`; undefined is a 404. */
  metadata(path: string): string | undefined
  /** For `mount -t lustre` in the node. One that hangs is never answered. */
  mount(dnsName: string, mountName: string): MountAnswer
}

export type MountAnswer = { readonly path: string } | { readonly refusal: string } | { readonly hangs: true }

export interface MachineEvents {
  /** The agent has registered. */
  online(): void
  /** The agent's connection broke while the machine was meant to live: its processes were killed. */
  lost(): void
  /** Somebody in the node ran `shutdown -h`, `poweroff` or `halt`. */
  poweroff(): void
  /** The user data ended; `tail` is the end of its log. */
  userDataEnded(exitCode: number, tail: string): void
}

export interface Machine {
  readonly instanceId: string
  /** Runs a script as the SSM agent would (root, own process group). Rejects where no agent is connected. */
  run(script: MachineScript): Promise<MachineResult>
  /** Kills the process group of a running script; its `run` then ends with `cancelled`. */
  cancel(scriptId: string): void
  /** A terminal in which a command runs as Session Manager has it. Missing where there is no process. Rejects as `run` does. */
  openShell?(id: string, command: string): Promise<MachineShell>
  /**
   * Copies what the node has written into an empty folder, for a later machine's `disk`. It may go on meanwhile. Missing where
   * there is no disk. Rejects where the disk cannot be read from outside.
   */
  saveDisk?(folder: string): Promise<void>
  /** Ends every process of it and removes its namespace, mounts and folder. Resolves when nothing is left. */
  destroy(): Promise<void>
}

export interface MachineScript {
  /** The command's id: one running script an id. */
  readonly id: string
  /** The commands joined by newlines, without a final exit. */
  readonly text: string
  readonly workingDirectory: string | null
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMs: number
}

export interface MachineResult {
  readonly ended: 'exited' | 'timed-out' | 'cancelled' | 'lost'
  /** 128 + signal where a signal ended it; -1 where it was lost. */
  readonly exitCode: number
  /** Everything that it printed, up to a mebibyte each; SSM cuts further. */
  readonly stdout: string
  readonly stderr: string
}

/** A pseudo terminal on the node, until its command has ended or it is closed. */
export interface MachineShell {
  /** Resolves when the terminal has the bytes: one call at a time. */
  write(bytes: Uint8Array): Promise<void>
  resize(columns: number, rows: number): void
  /** What is printed; ends with the terminal. Read slowly, the program has to wait. */
  readonly output: AsyncIterable<Uint8Array>
  /** Ends what runs in it, as a terminal's going away does. */
  close(): void
}
