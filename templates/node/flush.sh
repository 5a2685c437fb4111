#!/bin/sh
# flush.sh MOUNT_POINT: ends the jobs on this node and sends what was written to the file system, so that an export finds it. Lustre
# clients keep writes for a while; a node that is ended loses them. Exit codes: 60 jobs, 61 sync.
set -u
here=${0%/*}
# shellcheck source=paths.sh
. "$here/paths.sh"
point=$root$1

running() {
  for job in "$var"/jobs/*/; do
    [ -e "$job/runner.pid" ] && [ ! -e "$job/ended" ] && read -r runner <"$job/runner.pid" &&
      kill -0 "$runner" 2>/dev/null && return 0
  done
  return 1
}

for job in "$var"/jobs/*/; do
  [ ! -e "$job/runner.pid" ] || [ -e "$job/ended" ] || sh "$here/job.sh" cancel "$(basename "$job")" 5
done
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  running || break
  sleep 1
done
running && fail 60 'a job does not end, and may still write'
# Not every sync knows -f; without it everything is sent.
sync -f "$point" 2>/dev/null || sync || fail 61 "what was written could not be sent to $1"
