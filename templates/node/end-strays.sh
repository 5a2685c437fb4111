#!/bin/sh
# end-strays.sh JOB: kills every process of the job on this node, wherever it went: a program may leave its session (setsid), and
# mpirun's ranks on other nodes have no runner. They are known by their environment. Does nothing where there is no /proc.
root=${MUSTER_NODE_ROOT:-}
for _ in 1 2 3; do
  found=''
  for file in $(grep -lszxF "MUSTER_JOB_ID=$1" /proc/[0-9]*/environ 2>/dev/null); do
    # Process nodes are all on one machine.
    [ -z "$root" ] || grep -qszxF "MUSTER_NODE_ROOT=$root" "$file" || continue
    pid=${file#/proc/}
    kill -KILL "${pid%/environ}" 2>/dev/null && found=yes
  done
  # What was just being started is found the next time.
  [ -n "$found" ] || break
done
:
