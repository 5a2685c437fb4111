# Where things are on a node, and who runs what. Sourced by the other scripts; prints nothing.
# Process nodes have a folder as their root (MUSTER_NODE_ROOT) and run everything as the user who started the sandbox.
# shellcheck shell=sh disable=SC2034

root=${MUSTER_NODE_ROOT:-}
var=$root/var/lib/muster
home=$root/home/muster
ssh_dir=$home/.ssh

if [ -z "$root" ] && [ "$(id -u)" = 0 ]; then
  user=muster
else
  user=
fi

# own PATH...: gives files to the ordinary user; nothing to do where there is only one user.
own() {
  [ -z "$user" ] || chown "$user:$user" "$@"
}

# Milliseconds since the epoch; whole seconds where date knows no finer.
now_ms() {
  now_ms=$(date +%s%3N)
  case $now_ms in
    *[!0-9]*) date +%s000 ;;
    *) echo "$now_ms" ;;
  esac
}

# sha256_of FILE: its sum, in hex.
sha256_of() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi | cut -c1-64
}

# fail CODE MESSAGE: one clear line on stderr, then out. SSM reads 137 and 194 as its own: never use them here.
fail() {
  printf 'muster: %s\n' "$2" >&2
  exit "$1"
}
