#!/bin/sh
# tell-nodes.sh JOB TOLD HOST EXCEPT FAR SIGNAL NODE CAUSE TIME: tells a job's processes on this node, HOST, that NODE is about to end; where
# FAR is yes those on its other nodes too, by ssh. tell.sh does it on each.
set -u
here=${0%/*}
id=$1 told=$2 self=$3 except=$4 far=$5 signal=$6
# shellcheck source=paths.sh
. "$here/paths.sh"
words="{\"cause\":\"$8\",\"node\":\"$7\",\"time\":\"$9\"}"
sh "$here/as-user.sh" sh "$here/tell.sh" "$id" "$told" "$self" "$except" "$signal" "$words"
[ "$far" = yes ] || exit 0
sed 1d "$var/jobs/$id/bundle/hosts" | {
  at_once=0
  while read -r host _ ip; do
    sh "$here/as-user.sh" sh "$here/ssh.sh" "$ip" "sh '$here/tell.sh' '$id' '$told' '$host' 0 '$signal' '$words'" </dev/null &
    at_once=$((at_once + 1))
    if [ "$at_once" -ge 32 ]; then wait && at_once=0; fi
  done
  wait
}
