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

# is_mounted POINT: process nodes have a link where others have a mount.
is_mounted() {
  [ -L "$1" ] || { [ -r /proc/mounts ] && grep -q "[^ ]* $1 " /proc/mounts; }
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

# must_be_mounted CODE: below the folder that is left where $mount_point was all could be written, and nobody would ever see it.
must_be_mounted() {
  [ -z "$mount_point" ] || is_mounted "$root$mount_point" || fail "$1" "the storage is not mounted on $mount_point any more"
}
