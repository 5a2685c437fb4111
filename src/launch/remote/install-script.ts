import { callScript, type NodeContext } from './context.ts'

/** How long the user data may take: with EFA's installer some minutes; a person's own script more. */
export const USER_DATA_WAIT_S = 1500

/** For every node: installs the scripts, waits for the user data, reports ssh keys (`parseInstallReport`). */
export function installScript(ctx: NodeContext): string {
  return callScript(ctx, 'install', String(USER_DATA_WAIT_S))
}

/**
 * What a node said: its ssh host public keys (`ssh-ed25519 AAAA...`) and its user's public key.
 * Lines that are no report are skipped: other things may print into the same output.
 */
export function parseInstallReport(stdout: string): { hostKeys: string[]; userKey: string | null } {
  const keys = [...stdout.matchAll(/^(host|user)-key ([a-z0-9@.-]+ [A-Za-z0-9+/]+=*)\s*$/gm)]
  const of = (owner: string) => keys.filter((match) => match[1] === owner).flatMap((match) => match[2] ?? [])
  return { hostKeys: of('host'), userKey: of('user')[0] ?? null }
}
