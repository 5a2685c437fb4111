/**
 * What the sandbox and the agent in a node say to each other: one JSON object a line on the agent's file descriptor 3.
 * Types only: both ends import this file, and the agent's folder must stand alone inside the node.
 */
export type ToAgent =
  | {
      readonly type: 'run'
      readonly id: string
      readonly text: string
      readonly workingDirectory: string | null
      readonly env: Readonly<Record<string, string>>
      readonly timeoutMs: number
    }
  | { readonly type: 'cancel'; readonly id: string }
  | { readonly type: 'user-data'; readonly base64: string }
  | { readonly type: 'answer'; readonly ask: number; readonly value: Answer }
  | ToShell

export type FromAgent =
  | { readonly type: 'hello' }
  | ({ readonly type: 'result'; readonly id: string } & ScriptResult)
  | { readonly type: 'poweroff' }
  | { readonly type: 'user-data-ended'; readonly exitCode: number; readonly tail: string }
  | { readonly type: 'ask'; readonly ask: number; readonly question: Question }
  | FromShell

/**
 * Of a terminal of Session Manager. One piece is under way each way: the next input comes when `shell-took` has said that the terminal
 * has the last one, the next output when `shell-more` asks for it.
 */
export type ToShell =
  | { readonly type: 'shell-open'; readonly id: string; readonly command: string }
  | { readonly type: 'shell-input'; readonly id: string; readonly base64: string }
  | { readonly type: 'shell-size'; readonly id: string; readonly columns: number; readonly rows: number }
  | { readonly type: 'shell-more'; readonly id: string }
  | { readonly type: 'shell-close'; readonly id: string }

export type FromShell =
  | { readonly type: 'shell-took'; readonly id: string }
  | { readonly type: 'shell-output'; readonly id: string; readonly base64: string }
  | { readonly type: 'shell-ended'; readonly id: string }

export interface ScriptResult {
  readonly ended: 'exited' | 'timed-out' | 'cancelled' | 'lost'
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** What the agent cannot know by itself. Metadata paths are those below `/latest/`. */
export type Question =
  | { readonly about: 'metadata'; readonly path: string }
  | { readonly about: 'mount'; readonly dnsName: string; readonly mountName: string }

export type Answer =
  | { readonly kind: 'text'; readonly base64: string }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'refusal'; readonly refusal: string }
  | { readonly kind: 'nothing' }

/** How an agent is set up: JSON in the environment variable MUSTER_AGENT_SETTINGS. */
export interface AgentSettings {
  readonly instanceId: string
  readonly region: string
  /** Put before the agent's own absolute paths: empty in a namespace, the node's folder on a process node. */
  readonly root: string
  /** Port 0 lets the system choose; scripts are then told by AWS_EC2_METADATA_SERVICE_ENDPOINT. */
  readonly metadata: { readonly host: string; readonly port: number }
  /** Where the names of the network's nodes are asked for; null where the machine's own names are the node's. */
  readonly names: { readonly host: string; readonly domain: string } | null
  /** 127.0.0.1:port in the node's network leads to the sandbox's socket; null where the port is reached anyway. */
  readonly forward: { readonly port: number; readonly socket: string } | null
  /** The unix socket where `shutdown`, `mount.lustre` and their like reach the agent. */
  readonly requests: string
  /** Says that sshd listens; null where there is none. */
  readonly sshdPidFile: string | null
  /** The folder of file systems as the sandbox names it, and where the node sees it. */
  readonly fileSystems: { readonly from: string; readonly to: string }
  /** How a file system gets to its mount point. */
  readonly mounts: 'bind' | 'symlink'
  /** The environment of every script, beside AWS_SSM_*. */
  readonly env: Readonly<Record<string, string>>
  /** Where scripts start that name no working directory. */
  readonly cwd: string
}
