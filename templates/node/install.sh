#!/bin/sh
# install.sh WAIT_S: waits for the user data, makes sure that the ordinary user is there, and reports ssh keys:
# `host-key TYPE KEY` for each of this node's own, and `user-key TYPE KEY`, made here if missing: any node of a cohort may
# be the first of a job. Only public halves are printed.
set -u
here=${0%/*}
# shellcheck source=paths.sh
. "$here/paths.sh"

# await SECONDS COMMAND...: until it succeeds.
await() {
  tries=$(($1 * 10))
  shift
  until "$@"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.1
  done
}

host_keys() {
  cat "$root"/etc/ssh/ssh_host_*_key.pub >/dev/null 2>&1
}

# What the user data said last, on one line: a failure is told in one.
boot_log() {
  tail -n 12 "$root/var/log/muster-user-data.log" 2>/dev/null | LC_ALL=C tr -c '[:print:]\n' ' ' | awk 'NF { printf "%s%s", sep, $0; sep = " | " }'
}

await "$1" test -s "$var/booted" ||
  fail 10 "the user data has not ended after $1 s, in the step: $(tail -n 1 "$var/user-data.steps" 2>/dev/null); the end of /var/log/muster-user-data.log: $(boot_log)"
read -r boot <"$var/booted"
[ "$boot" = ok ] || fail 11 "the user data failed: $boot; the end of /var/log/muster-user-data.log: $(boot_log)"

if [ -n "$user" ] && ! id "$user" >/dev/null 2>&1; then
  useradd --create-home --shell /bin/bash "$user" || fail 12 "could not make the user $user"
fi
# keep-peers.sh writes there as the user.
if [ -d "$root/run/muster" ]; then : >>"$root/run/muster/peer" && own "$root/run/muster/peer"; fi
mkdir -p "$ssh_dir" "$var/jobs" && chmod 700 "$ssh_dir" && own "$home" "$ssh_dir" || fail 13 "could not make $ssh_dir"

await 60 host_keys || fail 14 "there is no ssh host key in $root/etc/ssh after 60 s: does sshd run?"
for file in "$root"/etc/ssh/ssh_host_*_key.pub; do
  read -r type key _ <"$file" && printf 'host-key %s %s\n' "$type" "$key"
done

if [ ! -s "$ssh_dir/id_ed25519.pub" ]; then
  rm -f "$ssh_dir/id_ed25519"
  sh "$here/as-user.sh" ssh-keygen -q -t ed25519 -N '' -C muster -f "$ssh_dir/id_ed25519" ||
    fail 15 "could not make the user's key pair"
fi
read -r type key _ <"$ssh_dir/id_ed25519.pub" && printf 'user-key %s %s\n' "$type" "$key"
