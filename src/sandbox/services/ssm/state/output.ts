/**
 * Cuts output as the SSM agent does (amazon-ssm-agent, agent/framework/processor/executer/iohandler/iohandler.go): 24,000
 * characters of stdout, 8,000 of stderr, and for the plugin's `Output` both together in 2,400.
 */
export const STDOUT_LIMIT = 24_000
export const STDERR_LIMIT = 8_000
const PLUGIN_LIMIT = 2_400

const CUT_MARK = '--output truncated--'
const OUT_MARK = '\n---Output truncated---'
const ERROR_MARK = '\n---Error truncated----'
const ERROR_TITLE = '\n----------ERROR-------\n'

/** The first `limit` characters, the mark at their end where something is missing. */
export function truncated(text: string, limit: number): string {
  return text.length <= limit ? text : first(text, limit - CUT_MARK.length) + CUT_MARK
}

/** Stdout and stderr in one string, the longer one cut. */
export function pluginOutput(stdout: string, stderr: string): string {
  const title = stderr === '' ? '' : ERROR_TITLE
  const room = PLUGIN_LIMIT - title.length
  if (stdout.length + stderr.length < room) return stdout + title + stderr
  if (stdout.length > room / 2 && stderr.length > room / 2) {
    const each = Math.floor((room - OUT_MARK.length - ERROR_MARK.length) / 2)
    return first(stdout, each) + OUT_MARK + title + first(stderr, each) + ERROR_MARK
  }
  if (stdout.length < room / 2) {
    return stdout + title + first(stderr, room - ERROR_MARK.length - stdout.length) + ERROR_MARK
  }
  return first(stdout, room - OUT_MARK.length - stderr.length) + OUT_MARK + title + stderr
}

/** Never cuts a character outside the basic plane in two. */
function first(text: string, length: number): string {
  const cut = text.slice(0, length)
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut
}
