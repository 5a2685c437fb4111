#!/bin/sh
# verify.sh LEAD_ID MOUNT_POINT EFA_INTERFACES IP...: a fleet is ready when this says so on every node. An empty
# MOUNT_POINT has no storage. Exit codes: 40 storage, 41 EFA, 42 ssh from the lead to a node. A node's idle time begins with it.
set -u
here=${0%/*}
# shellcheck source=paths.sh
. "$here/paths.sh"
lead=$1 mount_point=$2 efa=$3
shift 3

if [ -n "$mount_point" ]; then
  must_be_mounted 40
  probe=$root$mount_point/jobs/.verify-${AWS_SSM_INSTANCE_ID:-$$}
  { echo "$probe" >"$probe" && read -r back <"$probe" && [ "$back" = "$probe" ] && rm "$probe"; } 2>"$var/verify.log" ||
    fail 40 "the storage on $mount_point cannot be written and read back: $(cat "$var/verify.log")"
fi

if [ "$efa" -gt 0 ]; then
  # EFA's own one first: a distribution's knows no EFA.
  info=$root/opt/amazon/efa/bin/fi_info
  [ -x "$info" ] || info=$(command -v fi_info) ||
    fail 41 "0 of $efa EFA interfaces answer: there is no fi_info, so the image lacks EFA's software (aws-efa-installer)"
  found=$("$info" -p efa -t FI_EP_RDM 2>"$var/verify.log" | grep 'domain:' | sort -u | wc -l)
  [ "$found" -ge "$efa" ] ||
    fail 41 "$found of $efa EFA interfaces answer ($info -p efa -t FI_EP_RDM: $(tail -n 1 "$var/verify.log")): running over TCP instead would be slow in silence"
fi

# A renewal alone is no use any more (renew.sh). The others cannot know when ssh has reached them.
if [ -d "$root/run/muster" ]; then
  { read -r now _ </proc/uptime; } 2>/dev/null || now=$(date +%s)
  echo "${now%%.*}" >"$root/run/muster/used" && : >"$root/run/muster/ready"
fi
[ "${AWS_SSM_INSTANCE_ID:-}" = "$lead" ] || exit 0
answers=$(mktemp -d "$var/verify.XXXXXX") || fail 43 "could not write below $var"
trap 'rm -rf "$answers"' EXIT
for ip; do
  sh "$here/as-user.sh" sh "$here/ssh.sh" "$ip" true </dev/null 2>"$answers/$ip.error" && : >"$answers/$ip.ok" &
done
wait
for ip; do
  [ -e "$answers/$ip.ok" ] || fail 42 "ssh from the lead to $ip failed: $(tail -n 1 "$answers/$ip.error")"
done
