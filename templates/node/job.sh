#!/bin/sh
# job.sh stage|start|cancel|status JOB [URL REGION] [GRACE_S]: what SSM calls. It only starts and tells; the run itself is
# run-job.sh, detached, which outlives the agent. All four may be repeated.
#   stage   begins everything that comes before the program; start lets the program run (and stages where nobody has)
#   cancel  ends it on this node: SIGTERM, and SIGKILL after GRACE_S
#   status  prints `unknown`, `running`, `ended` or `dead` (its runner was killed), then the state document, if any
set -u
here=${0%/*}
# shellcheck source=paths.sh
. "$here/paths.sh"
what=$1 id=$2
job=$var/jobs/$id
# shellcheck source=take-in.sh
. "$here/take-in.sh"

# One that has ended and that nobody has collected yet answers to its number, too.
alive() {
  { read -r runner <"$job/runner.pid"; } 2>/dev/null && kill -0 "$runner" 2>/dev/null || return 1
  [ ! -r "/proc/$runner/stat" ] || ! sed 's/^.*) //' "/proc/$runner/stat" 2>/dev/null | grep -q '^[ZX]'
}

# Exactly one runner a job: whoever makes the folder starts it. A half-made start is made again.
spawn() {
  mkdir -p "$job/control" && chmod 711 "$var" "$var/jobs" "$job" || fail 52 "could not make $job"
  [ -d "$job/bundle" ] || fetch_bundle
  [ -s "$job/host" ] || find_host
  mkdir "$job/runner" 2>/dev/null || return 0
  sh "$here/session.sh" sh "$here/run-job.sh" "$id" "$url" "$region" </dev/null >"$job/runner.log" 2>&1 &
  echo $! >"$job/runner.pid"
}

case $what in
  stage | start)
    url=$3 region=$4
    # shellcheck source=s3.sh
    . "$here/s3.sh"
    if [ "$what" = start ]; then mkdir -p "$job/control" && : >"$job/control/go"; fi
    mkdir -p "$job" || fail 52 "could not make $job"
    locked "$job/lock" spawn
    if [ -e "$job/awake" ] && alive; then kill -USR1 "$runner" 2>/dev/null; fi
    ;;
  cancel)
    if sh "$here/batch.sh" cancel "$id" "$3"; then exit; fi
    mkdir -p "$job/control" || fail 52 "could not make $job"
    echo "$3" >"$job/control/cancel.new" && mv "$job/control/cancel.new" "$job/control/cancel"
    if alive; then
      sh "$here/ring.sh" "$job" "$runner"
    elif [ ! -e "$job/ended" ]; then
      # Nobody else would: the runner was killed by itself.
      : >"$job/control/drain"
      sh "$here/end-strays.sh" "$id"
      : >"$job/ended"
    fi
    ;;
  status)
    if [ ! -e "$job/runner.pid" ]; then
      echo unknown
    elif [ -e "$job/ended" ]; then
      echo ended
    elif alive; then
      echo running
    else
      echo dead
    fi
    if [ -s "$job/state.json" ]; then cat "$job/state.json"; fi
    ;;
  *) fail 2 "job.sh: unknown: $what" ;;
esac
