/**
 * Whether a stream gets colours; stdout and stderr are judged apart. `NO_COLOR` (not empty) wins, then
 * `FORCE_COLOR`/`CLICOLOR_FORCE`, then what the stream is.
 */
export function useColour(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false
  const forced = env['FORCE_COLOR'] ?? env['CLICOLOR_FORCE'] ?? ''
  if (forced !== '') return forced !== '0' && forced !== 'false'
  return stream.isTTY === true && env['TERM'] !== 'dumb'
}
