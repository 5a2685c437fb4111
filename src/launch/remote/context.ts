import { shellCommand, shellQuote } from '../../kit/shell-quote.ts'
import { layout } from '../../core/job/layout.ts'

/** What every command to a node needs: where the bucket is and which scripts to use. */
export interface NodeContext {
  /** Base address of the bucket as nodes use it, without a trailing slash. */
  readonly url: string
  readonly region: string
  /** sha256 of the node scripts' archive, in hex. */
  readonly scriptsSha: string
}

/**
 * One command for nodes: makes sure that these scripts are there (an old fleet gets a newer muster's), then calls one of them.
 * Root has no HOME under the SSM agent. The credentials of the node's role go to curl on stdin.
 */
export function callScript(ctx: NodeContext, script: string, ...words: readonly string[]): string {
  return `${ensureScripts(ctx)}exec sh "$here/${script}.sh" ${shellCommand(words)}\n`
}

/** Sets `here` to the folder of these scripts, and fetches them where they are missing. Leaves the script's arguments alone. */
export function ensureScripts(ctx: NodeContext): string {
  return `set -u
export HOME="\${HOME:-/root}"
root=\${MUSTER_NODE_ROOT:-}
here=$root/opt/muster/${ctx.scriptsSha.slice(0, 12)}
if [ ! -e "$here/job.sh" ]; then
  new=$here.new.$$
  imds=\${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}/latest
  imds() { printf 'header = "X-aws-ec2-metadata-token: %s"\\n' "$token" | curl -K - -sf --noproxy '*' -m 5 "$imds/$1"; }
  fetch() {
    token=$(curl -sf --noproxy '*' -m 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$imds/api/token") &&
      role=$(imds meta-data/iam/security-credentials/) &&
      answer=$(imds "meta-data/iam/security-credentials/$role" | tr ',' '\\n') || return 1
    value() { printf '%s\\n' "$answer" | sed -n "s/.*\\"$1\\" *: *\\"\\([^\\"]*\\)\\".*/\\1/p"; }
    printf 'user = "%s:%s"\\nheader = "x-amz-security-token: %s"\\n' "$(value AccessKeyId)" "$(value SecretAccessKey)" "$(value Token)" |
      curl -K - -sSf --connect-timeout 5 -m 60 -H 'x-amz-content-sha256: UNSIGNED-PAYLOAD' \\
        --aws-sigv4 ${shellQuote(`aws:amz:${ctx.region}:s3`)} -o "$new/scripts.tar.gz" ${shellQuote(`${ctx.url}/${layout.nodeScripts(ctx.scriptsSha)}`)}
  }
  mkdir -p "$new" && { fetch || { sleep 1; fetch; } || { sleep 3; fetch; }; } &&
    case $( (sha256sum || shasum -a 256) 2>/dev/null <"$new/scripts.tar.gz") in ${ctx.scriptsSha}*) ;; *) false ;; esac &&
    tar -xzf "$new/scripts.tar.gz" -C "$new" --no-same-owner && chmod 755 "$new" "$new"/*.sh && rm "$new/scripts.tar.gz" &&
    { mv "$new" "$here" || [ -e "$here/job.sh" ]; } || { echo 'muster: could not install the node scripts from the staging bucket' >&2; exit 9; }
  rm -rf "$new" "$here/\${new##*/}"
fi
`
}
