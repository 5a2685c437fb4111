import { shellCommand, shellQuote } from '../../kit/shell-quote.ts'

/** What runs on a node for `muster shell`. Text that needs nothing of muster's there: a node that failed to get ready is just what one looks at. */
export interface ShellRequest {
  /** The words of a command, run as they are; null for a shell of one's own. */
  readonly words: readonly string[] | null
  /** Whose shell it is; null for root, or whoever the cloud's session is where it may not become root. */
  readonly user: string | null
  /** Marks what the script says to muster in the same stream: no program prints it by chance. */
  readonly nonce: string
}

/** In the terminal: the program has it to itself, and how it ended comes behind it as a sequence that terminals do not show. */
export function terminalScript(
  request: ShellRequest,
  size: { readonly columns: number; readonly rows: number },
): string {
  const program = request.words === null ? LOGIN_SHELL : `exec ${shellCommand(request.words)}`
  return asUser(
    request,
    `stty cols ${size.columns} rows ${size.rows} 2>/dev/null
trap '' INT QUIT
( trap - INT QUIT; exec ${asShell(program)} )
printf '\\033]${request.nonce};%d\\007' "$?"`,
  )
}

/**
 * With pipes in place of a terminal. The channel is a terminal all the same, one stream each way that takes text: so input comes as
 * lines of base64 up to one that is none (a terminal gives one line a read; the shell's own `read` would ask for each byte), and output goes as lines `o...` of stdout, `e...` of stderr, and `x` with the exit code.
 * Pieces are cut so that a line is one write: two writers never mix. ctrl-C as a byte still interrupts the program. What reads the input
 * outlives a program that does not, and must hold no other end open: `exec` leaves no copies behind, as redirections of functions do.
 */
export function pipeScript(request: ShellRequest): string {
  const program = `exec ${request.words === null ? 'sh' : shellCommand(request.words)}`
  return asUser(
    request,
    `stty -echo -ixon -opost 2>/dev/null
trap '' INT QUIT
printf '${request.nonce}\\n'
exec 8>&1 9<&0 2>/dev/null
feed() { while [ -t 0 ] && dd bs=4096 count=1 | base64 -d; do :; done; }
pump() {
  while dd bs=24576 count=1 | base64 | tr -d '\\n' | fold -w 4000 | awk -v p="$1" '{ print p $0; fflush() } END { exit NR == 0 }'; do :; done
}
{
  code=$(
    {
      {
        (
          exec 2>&1 >&3 3>&-
          { ( exec <&9 9<&- 2>/dev/null 4>&- 6>&- 8>&-; feed ) & } | ( trap - INT QUIT; exec 4>&- 6>&- 8>&- 9<&-; exec ${asShell(program)} )
          echo "$?" >&4
        ) | pump e >&6
      } 3>&1 | pump o >&6
    } 4>&1
  )
  printf 'x%d\\n' "$code" >&6
} 6>&1 | cat >&8`,
  )
}

/** A shell is asked for as a login shell, but on nodes of the sandbox that are processes: the profile would lead away from their own programs. */
const LOGIN_SHELL = `shell=$(command -v bash || echo /bin/sh); if [ -n "\${MUSTER_NODE_ROOT:-}" ]; then exec "$shell"; fi; exec "$shell" -l`

/** No shell stays above the program: a signal is the program's alone, and so is the exit code. */
const asShell = (program: string) => `sh -c ${shellQuote(program)}`

/** AWS's sessions are ssm-user's, who may become root; from there to whom was asked for. */
function asUser({ user }: ShellRequest, script: string): string {
  return `main=${shellQuote(`cd 2>/dev/null || cd /
${script}`)}
set -- sh -c "$main"
${user === null ? '' : otherUser(user)}
if [ "$(id -u)" != 0 ] && [ -z "\${MUSTER_NODE_ROOT:-}" ] && sudo -n true 2>/dev/null; then set -- sudo -nH "$@"; fi
exec "$@"`
}

/** setpriv and not su, which would take the terminal's ctrl-C away from the command. */
function otherUser(user: string): string {
  const name = shellQuote(user)
  return `id -u ${name} >/dev/null || exit 125
if [ "$(id -un)" != ${name} ]; then
  home=$(getent passwd ${name} | cut -d: -f6)
  set -- setpriv --reuid=${name} --regid="$(id -g ${name})" --init-groups env HOME="\${home:-/}" USER=${name} LOGNAME=${name} "$@"
fi`
}
