#!/bin/sh
# keep-peers.sh JOB RUNNER: on a job's first node, tells the watchdogs of its other nodes over ssh that the job runs: mpirun leaves
# no runner of ours there. Ends with the runner, however that ends. A notice on another node comes back with the answer.
set -u
here=${0%/*}
# shellcheck source=paths.sh
. "$here/paths.sh"
id=$1 runner=$2
job=$var/jobs/$id
run=$root/run/muster
{ read -r lease_s idle_s _ <"$run/limits"; } 2>/dev/null || exit 0
every=$lease_s
if [ "$idle_s" -gt 0 ] && { [ "$every" = 0 ] || [ "$idle_s" -lt "$every" ]; }; then every=$idle_s; fi
every=$((every / 4))
# The notice comes two minutes before the end. Asking costs the first node some 50 ms of a core a node.
often=15
if [ "$(wc -l <"$job/bundle/hosts")" -le 8 ]; then often=5; fi

# shellcheck disable=SC2016
word='r=${MUSTER_NODE_ROOT:-}/run/muster
{ read -r now _ </proc/uptime; } 2>/dev/null || now=$(date +%s)
echo "${now%%.*}" >"$r/peer"
cat "$r/notice" 2>/dev/null'

# A job that hangs keeps other nodes no longer than this one (watchdog.sh).
runs() {
  kill -0 "$runner" 2>/dev/null && [ ! -e "$job/ended" ] || return 1
  { read -r until <"$run/until/$id"; } 2>/dev/null && [ "$until" -gt 0 ] || return 0
  { read -r now _ </proc/uptime; } 2>/dev/null || now=$(date +%s)
  [ "${now%%.*}" -lt "$until" ]
}

# One that waits for its start keeps no node's lease, but is no idleness either.
until [ -e "$job/control/go" ] || [ "$idle_s" -gt 0 ] || ! runs; do sleep 1; done
while runs; do
  sed 1d "$job/bundle/hosts" | {
    at_once=0
    while read -r host _ ip; do
      sh "$here/as-user.sh" sh "$here/ssh.sh" "$ip" "$word" </dev/null >"$job/peer.$host" 2>/dev/null &
      at_once=$((at_once + 1))
      if [ "$at_once" -ge 32 ]; then wait && at_once=0; fi
    done
    wait
  }
  for answer in "$job"/peer.*; do
    if [ -s "$answer" ] && [ ! -e "$job/peer-notice" ]; then
      { printf '%s ' "${answer##*/peer.}" && cat "$answer"; } >"$job/peer-notice.new" && mv "$job/peer-notice.new" "$job/peer-notice"
    fi
  done
  rest=$every
  if [ -e "$run/spot" ] && { [ "$rest" -gt "$often" ] || [ "$rest" = 0 ]; }; then rest=$often; fi
  # No lease, no idle time, no Spot: there is nothing to tell or to ask.
  [ "$rest" -gt 0 ] || exit 0
  while [ "$rest" -gt 0 ] && runs; do
    if [ -s "$job/peer-notice" ] && [ -e "$job/awake" ] && [ ! -e "$job/telling" ]; then kill -USR1 "$runner"; fi
    sleep 1
    rest=$((rest - 1))
  done
done
