#!/bin/sh
# tell.sh JOB TOLD HOST EXCEPT SIGNAL NOTICE: tells the job's processes on this node, HOST, once: the notice becomes TOLD/notice, a file that
# appears whole; then SIGNAL, where the job names one, goes to those of its processes that have a handler for it or block it. So
# it ends none that does not know of it: a shell that waits, a pipe, a helper. Runs as the job's user.
set -u
id=$1 told=$2 except=$4 signal=$5
root=${MUSTER_NODE_ROOT:-}
# Also where the first node's word and this node's own watchdog come at one time.
mkdir "$told/$3" || exit 0
printf '%s\n' "$6" >"$told/$3/notice" && ln "$told/$3/notice" "$told/notice" 2>/dev/null
case $signal in
  HUP) bit=0x1 ;;
  USR1) bit=0x200 ;;
  USR2) bit=0x800 ;;
  TERM) bit=0x4000 ;;
  *) exit 0 ;;
esac

# knows PID: whether it catches or blocks the signal (proc(5): SigCgt and SigBlk are masks in hex, the lowest bit signal 1).
knows() {
  for mask in $(sed -n 's/^Sig\(Blk\|Cgt\):.*\(........\)$/\2/p' "/proc/$1/status" 2>/dev/null); do
    if [ $((0x$mask & bit)) != 0 ]; then return 0; fi
  done
  return 1
}

# Found as end-strays.sh finds them. EXCEPT is mpirun; the ranks' own shells (rank.sh) have handlers of their own purpose.
for file in $(grep -lszxF "MUSTER_JOB_ID=$id" /proc/[0-9]*/environ 2>/dev/null); do
  [ -z "$root" ] || grep -qszxF "MUSTER_NODE_ROOT=$root" "$file" || continue
  pid=${file#/proc/}
  pid=${pid%/environ}
  if [ "$pid" = "$except" ] || ! knows "$pid" || grep -qs "/jobs/$id/[a-z]*/rank\.sh" "/proc/$pid/cmdline"; then continue; fi
  kill "-$signal" "$pid" 2>/dev/null
done
:
