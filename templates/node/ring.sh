#!/bin/sh
# ring.sh JOB_FOLDER RUNNER [CONTROL_FILE]: makes the file and wakes the runner until it has heard. A signal that comes just
# before the runner waits would be missed, so that once is not enough; a runner that is past hearing (it collects) is left.
job=$1 runner=$2
[ -z "${3:-}" ] || : >"$job/control/$3"
tries=20
until [ -e "$job/control/heard" ] || [ "$tries" = 0 ]; do
  if [ -e "$job/awake" ]; then kill -USR1 "$runner" 2>/dev/null || exit 0; fi
  tries=$((tries - 1))
  sleep 0.1
done
