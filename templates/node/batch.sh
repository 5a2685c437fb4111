#!/bin/sh
# batch.sh take BATCH URL REGION CORES | cancel NAME GRACE_S: what SSM calls for tasks that share a node. A batch is a list of tasks
# of one job; run-tasks.sh runs those of all batches of the node one after another, so many at a time as fit into CORES. Both may be
# repeated: a batch is taken in once.
#   cancel  ends a task of a batch, or all of a batch; 1 where the node has no such
set -u
here=${0%/*}
# shellcheck source=paths.sh
. "$here/paths.sh"
what=$1 id=$2
job=$var/jobs/$id
queue=$var/queue
# shellcheck source=take-in.sh
. "$here/take-in.sh"

# Folders of all its tasks, with few processes.
make_folders() {
  cut -d' ' -f1 "$job/bundle/list" >"$job/runs"
  (cd "$job" && mkdir -p control && sed 's,^,tasks/,' runs | xargs mkdir -p) || fail 52 "could not make folders in $job"
  must_be_mounted 52
  base=$root${mount_point:-/var/lib/muster}/jobs
  # shellcheck disable=SC2046
  mkdir -p "$base" && cd "$base" && set -- $(cat "$job/runs") &&
    awk '{ print $1 "/work"; print $1 "/told" }' "$job/runs" >"$job/folders" &&
    xargs mkdir -p <"$job/folders" && own_all <"$job/folders" && chmod 711 "$@" ||
    fail 52 "could not make the tasks' work directories in $base"
  if [ -n "$mount_point" ]; then
    mkdir -p shared && own shared || fail 52 "could not make $base/shared"
  fi
  cut -s -d' ' -f2 "$job/bundle/list" >"$job/checkpoints"
  [ ! -s "$job/checkpoints" ] ||
    { xargs mkdir -p <"$job/checkpoints" && own_all <"$job/checkpoints" && sed 's,/.*,,' "$job/checkpoints" | sort -u | xargs chmod 711; } ||
    fail 52 "could not make the tasks' checkpoint folders in $base"
}

own_all() {
  if [ -n "$user" ]; then xargs chown "$user:$user"; else cat >/dev/null; fi
}

take() {
  [ ! -e "$job/taken" ] || return 0
  chmod 711 "$var" "$var/jobs" "$job" || fail 52 "could not make $job"
  [ -d "$job/bundle" ] || fetch_bundle
  [ -s "$job/host" ] || find_host
  mount_point='' archive_key=''
  # shellcheck source=/dev/null
  . "$job/bundle/settings"
  (make_folders) || exit
  if [ -n "$archive_key" ]; then fetch_archive && ln -f "$archive" "$job/folder.tar.gz" || fail 50 "could not fetch the job's folder ($archive_key)"; fi
  sh "$here/session.sh" sh "$here/remove-old.sh" "$var/jobs" "$root${mount_point:-/var/lib/muster}/jobs" </dev/null >/dev/null 2>&1 &
  : >"$job/taken"
}

lives() {
  { read -r runner <"$queue/pid"; } 2>/dev/null && kill -0 "$runner" 2>/dev/null || return 1
  [ ! -r "/proc/$runner/cmdline" ] || tr '\000' ' ' <"/proc/$runner/cmdline" | grep -q run-tasks
}

# Whoever was killed is followed by another, which finds what there is to do in the folders.
wake() {
  echo "$cores" >"$queue/cores.new" && mv "$queue/cores.new" "$queue/cores"
  if lives; then
    echo "batch $id $cores" 1<>"$queue/pipe"
    return
  fi
  rm -f "$queue"/pipe && mkfifo -m 600 "$queue/pipe" || fail 52 "could not make $queue/pipe"
  sh "$here/session.sh" sh "$here/run-tasks.sh" "$url" "$region" </dev/null >"$queue/log" 2>&1 &
  echo $! >"$queue/pid"
  # Until it has its own name the next that is told would take it for dead, and begin another beside it.
  until lives || ! kill -0 $! 2>/dev/null; do sleep 0.01; done
}

case $what in
  take)
    url=$3 region=$4 cores=$5
    # shellcheck source=s3.sh
    . "$here/s3.sh"
    mkdir -p "$queue" "$job" || fail 52 "could not make $job"
    locked "$job/lock" take
    locked "$queue/lock" wake
    ;;
  cancel)
    for folder in "$job/tasks/" "$var"/jobs/*/tasks/"$id/"; do
      [ -d "$folder" ] || continue
      # One that nobody runs any more has ended with its node's queue.
      if lives; then echo "cancel $id $3" 1<>"$queue/pipe"; fi
      exit 0
    done
    exit 1
    ;;
esac
