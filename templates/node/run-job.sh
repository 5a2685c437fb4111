#!/bin/sh
# run-job.sh JOB URL REGION: one job on one node, from staging to the last byte of its log. Runs detached, as root; the
# program runs as the ordinary user. Everything that it must not lose is on the node's own disk, so that a full shared
# disk hides nothing. USR1 makes it look at the files in control/ (go, cancel, time-limit, node-end) and for a notice (notice.sh), once
# `awake` says that it listens.
set -u
here=${0%/*}
id=$1 url=$2 region=$3
# shellcheck source=paths.sh
. "$here/paths.sh"
# shellcheck source=s3.sh
. "$here/s3.sh"
job=$var/jobs/$id
bundle=$job/bundle
cd "$job" || exit 1
read -r node_rank host ip <host
# shellcheck source=/dev/null
. "$bundle/settings"
base=$job
[ -z "$mount_point" ] || base=$root$mount_point/jobs/$id
work=$base/work
started_at=$(now_ms)
for part in state notice guard meeting verdict outputs done-before; do
  # shellcheck source=/dev/null
  . "$here/$part.sh"
done
: >awake

# enter PHASE: makes it known.
enter() {
  phase=$1
  save_state
  poke_shipper
}

poke_shipper() {
  if [ -e ship.ready ]; then kill -USR1 "$shipper" 2>/dev/null; fi
}

# finish [collect]: the log is wholly in the bucket, then the outputs, then the word that it is over: readers rely on it.
finish() {
  enter collecting
  : >control/drain
  poke_shipper
  if [ "${1:-}" = collect ]; then collect_outputs; fi
  wait_for "$shipper" nothing
  { read -r out_bytes err_bytes <shipped; } 2>/dev/null && log_bytes="{\"stdout\":$out_bytes,\"stderr\":$err_bytes}"
  phase="done"
  save_state && stamp_state
  retry s3_put "jobs/$id/state/$host.json" state.json
  if [ "$node_rank" = 0 ]; then
    if [ "$launcher" = mpi ]; then end_elsewhere; fi
    true >"$base/over"
  fi 2>/dev/null
  : >ended
  exit 0
}

# Strays on the other nodes; nobody waits for it.
end_elsewhere() {
  sed 1d "$bundle/hosts" | while read -r _ _ other; do
    sh "$here/session.sh" sh "$here/as-user.sh" sh "$here/ssh.sh" "$other" "sh '$here/end-strays.sh' $id" </dev/null >/dev/null 2>&1 &
  done
}

# give_up REASON CODE MESSAGE
give_up() {
  reason="\"$1\"" exit_code=$2 message=$3
  tell_others failed
  finish
}

# Ends here where the last guarded step was cancelled or ran out of time.
unless_ended() {
  [ "$ended" = exited ] || give_up "$ended" "$code" "$why"
}

: >stdout && : >stderr
mkfifo -m 600 stdout.pipe stderr.pipe notes.pipe && own stdout.pipe stderr.pipe notes.pipe
save_state
sh "$here/ship-logs.sh" "$id" "$url" "$region" "$host" "$log_interval_ms" "$base/ranks" </dev/null >ship.log 2>&1 &
shipper=$!
if [ "$node_rank" = 0 ] && [ "$nodes" -gt 1 ]; then
  sh "$here/session.sh" sh "$here/keep-peers.sh" "$id" $$ </dev/null >/dev/null 2>&1 &
fi

guard '' "$here/stage.sh" "$id" "$url" "$region" "$node_rank" "$base"
unless_ended
[ "$code" = 0 ] || give_up staging-failed "$code" "$(last_line stage.log)$(disk_full)"

if done_before; then
  work=$before/work exit_code=0 reason='"exited"' message='the attempt before had done it, and its node died before that was heard of'
  succeeded "$node_rank"
  finish collect
fi

if [ "$prepare" = yes ] && { [ -z "$mount_point" ] || [ "$node_rank" = 0 ]; }; then
  enter preparing
  guard "$time_limit_s" "$here/as-user.sh" /bin/sh "$here/launch-prepare.sh" "$bundle" "$work" "$node_rank"
  unless_ended
  [ "$code" = 0 ] || give_up prepare-failed "$code" "prepare ended with exit code $code: $(last_line stderr)$(disk_full)"
fi
tell_others ready
if [ "$launcher" = mpi ] && [ "$node_rank" != 0 ]; then
  exit_code=0 reason='"exited"'
  finish
fi

await_go
unless_ended
enter running
[ "$launcher" != mpi ] || gentle=WINCH
tells=yes
guard "$time_limit_s" "$here/as-user.sh" /bin/sh "$here/launch-$launcher.sh" "$bundle" "$work" "$node_rank" "$base" "$ip"
exit_code=$code reason="\"$ended\"" message=$why
if [ "$ended,$code" = exited,0 ]; then succeeded "$node_rank"; fi
sh "$here/end-strays.sh" "$id"
gather_ranks
if [ "$ended" = exited ]; then
  message=$(verdict)
  # The cloud may show it only later.
  case $message in *'mpirun lost its connection') reason='"node-lost"' ;; esac
fi
await_others
finish collect
