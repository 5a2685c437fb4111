/**
 * A known_hosts file for a cohort: every node's host keys under its address, its full and its short host name. The keys
 * come over SSM, so that no node is ever trusted on first use.
 */
export function knownHosts(
  nodes: readonly { readonly ip: string; readonly hostname: string; readonly hostKeys: readonly string[] }[],
): string {
  return nodes
    .flatMap(({ ip, hostname, hostKeys }) => {
      const short = /^\d+(\.\d+)*$/.test(hostname) ? '' : (hostname.split('.')[0] ?? '')
      const names = [...new Set([ip, hostname, short])].filter((name) => name !== '')
      return hostKeys.map((key) => `${names.join(',')} ${key}\n`)
    })
    .join('')
}
