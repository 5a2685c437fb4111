#!/bin/sh
# ship-logs.sh JOB URL REGION HOST INTERVAL_MS RANKS: sends the job's output as it grows, in segments named by their byte
# offset (segmentName in src/core/job/layout.ts), and the state. Never in the program's way: that writes to local
# files, which stay. A batch that fails is sent again, the same bytes under the same names, until it is through; USR1
# wakes it; it ends when control/drain is there and everything is sent.
set -u
here=${0%/*}
id=$1 url=$2 region=$3 host=$4 interval=$(($5 / 100)) ranks=$6
# shellcheck source=paths.sh
. "$here/paths.sh"
# shellcheck source=s3.sh
. "$here/s3.sh"
job=$var/jobs/$id
cd "$job" && mkdir -p spool || exit 1
# shellcheck source=state.sh
. "$here/state.sh"
# shellcheck source=segments.sh
. "$here/segments.sh"
trap ':' USR1
: >ship.ready

# pause: a tenth of a second, less where we are woken; none where the end has come since we looked.
pause() {
  [ ! -e control/drain ] || return 0
  sleep 0.1 &
  wait $!
}

segment_bytes=1048576
# What has piled up goes in larger ones: every segment costs five processes.
largest_bytes=$((4 * segment_bytes))
# At most so much of a stream in one batch: what follows a batch waits for it.
batch_bytes=$((16 * segment_bytes))

out_at=0 err_at=0 ticks=0 sent_tick=-100000 state_tick=-100 rank_tick=0 rank_every=20 last_state=''
echo "0 -" >ranks.sent
while :; do
  draining=no
  if [ -e control/drain ]; then draining=yes; fi
  # shellcheck disable=SC2046
  set -- $(wc -c stdout stderr)
  out_size=$1 err_size=$3
  start_batch

  # What is new goes at once after a rest, then once an interval, and whenever there is a whole segment.
  new=$((out_size + err_size - out_at - err_at))
  if [ $new -ge $segment_bytes ] ||
    { [ $new -gt 0 ] && { [ $draining = yes ] || [ $((ticks - sent_tick)) -ge "$interval" ]; }; }; then
    cut_stream stdout "$out_at" "$out_size" "$host/stdout" && out_at=$cut_to
    cut_stream stderr "$err_at" "$err_size" "$host/stderr" && err_at=$cut_to
    sent_tick=$ticks
  fi
  if [ $draining = yes ] || [ $((ticks - rank_tick)) -ge $rank_every ]; then
    cut_ranks
    rank_tick=$ticks
  fi
  # A notice is told at once, and from then on all output within half a second: nothing of it may be lost with the node.
  if [ "$notice" = null ] && { [ -s "$root/run/muster/notice" ] || [ -s peer-notice ]; }; then
    state_tick=-100
    rank_every=5
    if [ "$interval" -gt 5 ]; then interval=5; fi
  fi
  { read -r part <state.part; } 2>/dev/null || part=''
  if [ "$part" != "$last_state" ] || [ $((ticks - state_tick)) -ge 50 ]; then
    stamp_state
    add_to_batch state.json "jobs/$id/state/$host.json"
    last_state=$part state_tick=$ticks
  fi

  send_batch
  left=$((out_size + err_size - out_at - err_at))
  if [ $draining = yes ] && [ $left = 0 ] && [ "$ranks_behind" = no ]; then break; fi
  if [ $left -lt $segment_bytes ] && [ $draining = no ]; then pause; fi
  ticks=$((ticks + 1))
done
echo "$out_at $err_at" >shipped
