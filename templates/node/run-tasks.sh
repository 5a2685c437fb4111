#!/bin/sh
# run-tasks.sh URL REGION: runs the tasks of this node's batches, first come first, as many at a time as fit into its cores. One for
# the node; it lives as long as the node, and sleeps where there is nothing to do. All that happens comes as a line by a pipe:
#   batch NAME CORES     batch.sh has taken it in         exited TASK       the program has ended: its cores are free
#   cancel NAME GRACE    a task, or all of a batch        over TASK         its output is whole, its end written down
#   child TASK PIDS      the program, its two readers     sent TASK OUT ERR so many bytes of its output are in the bucket
#   tick                 time for limits and reports      told TASK OUT ERR the word that it is over is there too
#   beat BATCH           its document is in the bucket    reported [again]  report.sh is through, or has to be tried again
# A task is known by its number here: run_7, state_7 (waiting, running, exited, over, told). What must not be lost is in files of its
# folder: `stdout` says that it has begun, `end` how it ended. See task.sh and report.sh.
# shellcheck disable=SC2034,SC2154
set -u
here=${0%/*}
url=$1 region=$2
for part in paths s3 become state notice verdict outputs done-before segments clock task report; do
  # shellcheck source=/dev/null
  . "$here/$part.sh"
done
cd "$var/queue" && mkdir -p spool || exit 1
# shellcheck disable=SC3045
ulimit -l unlimited 2>/dev/null || :
exec 3<>pipe
tasks=0 next=1 alive='' epoch_ms='' busy=0 cores=1 batches=0 open='' slots=0 free='' ticker='' tick_s=0.5

# get NAME...: sets each NAME to what NAME_$task holds. put NAME VALUE is its counterpart, of_batch NAME what NAME_b$batch holds.
get() {
  for name; do eval "$name=\$${name}_$task"; done
}

put() {
  eval "${1}_$task=\$2"
}

of_batch() {
  for name; do eval "$name=\$${name}_b$batch"; done
}

# add_batch NAME
add_batch() {
  folder=$var/jobs/$1
  if [ ! -e "$folder/taken" ] || [ -e "$folder/ended" ]; then return 0; fi
  for batch in $open; do
    of_batch title
    [ "$title" != "$1" ] || return 0
  done
  set_clock
  time_limit_s='' tasks_per_node=1
  # shellcheck source=/dev/null
  . "$folder/bundle/settings"
  batches=$((batches + 1)) first=$((tasks + 1))
  batch=$batches
  open="$open $batch"
  while read -r run _; do
    tasks=$((tasks + 1))
    task=$tasks
    alive="$alive $task"
    eval "run_$task=\$run batch_$task=$batch line_$task=$((task - first + 1)) need_$task=$tasks_per_node"
    eval "limit_$task=\$time_limit_s state_$task=waiting asked_$task='' child_$task='' kill_at_$task='' out_$task=0 err_$task=0 end_$task='' behind_$task=no moved_$task=no state_said_$task='' began_$task=0"
    take_up "$folder/tasks/$run"
  done <"$folder/bundle/list"
  eval "title_b$batch=\$1 first_b$batch=$first last_b$batch=$tasks left_b$batch=$((tasks - first + 1)) news_b$batch=yes kept_b$batch=0 told_at_b$batch=$now"
  # The watchdog and flush.sh know by this that the node has work.
  echo $$ >"$folder/runner.pid"
}

# In their order; one that needs more cores than there are runs alone.
begin_what_fits() {
  while [ "$next" -le "$tasks" ]; do
    task=$next
    get state
    if [ "$state" = waiting ]; then
      get need limit batch
      [ "$busy" = 0 ] || [ $((busy + need)) -le "$cores" ] || return 0
      busy=$((busy + need))
      take_slot
      read_clock
      keep_node
      put state running
      put slot "$slot"
      put began "$now"
      put ends_at "${limit:+$((now + ${limit:-0} * 1000))}"
      eval "news_b$batch=yes"
      run_task &
      put shell $!
    fi
    next=$((next + 1))
  done
}

# keep_node: the watchdog keeps the node for a batch as for one job of its time limit; what begins later is given its own. Seldom: what
# comes after the limit there bears that.
keep_node() {
  of_batch title kept
  if [ -z "$limit" ] || [ ! -d "$root/run/muster" ]; then return 0; fi
  up=$((now / 1000))
  [ -z "$epoch_ms" ] || up=${uptime%%.*}
  seldom_s=60
  [ "$limit" -ge 60 ] || seldom_s=$limit
  [ $((up + limit + 900)) -ge $((kept + seldom_s)) ] || return 0
  kept=$((up + limit + 900))
  eval "kept_b$batch=$kept"
  until=$root/run/muster/until
  mkdir -p "$until" && echo "$kept" >"$until/$title.new" && mv "$until/$title.new" "$until/$title"
}

# A pair of pipes that belong to the user, so that a program can open /dev/stderr again without cutting the log; used again and again.
take_slot() {
  if [ -n "$free" ]; then
    slot=${free%% *} free=${free#* }
  else
    slots=$((slots + 1))
    slot=slot.$slots
    rm -f "$slot.out" "$slot.err" && mkfifo -m 600 "$slot.out" "$slot.err" && own "$slot.out" "$slot.err"
  fi
}

# What is to be forgotten of a batch that is wholly told.
close_batch() {
  of_batch title first last
  : >"$var/jobs/$title/ended"
  task=$first
  while [ "$task" -le "$last" ]; do
    for name in run batch line need limit state asked child readers kill_at ends_at out err end behind moved state_said slot began exited_at shell grace; do
      unset "${name}_$task"
    done
    task=$((task + 1))
  done
  unset "title_b$batch" "first_b$batch" "last_b$batch" "left_b$batch" "news_b$batch" "kept_b$batch" "told_at_b$batch"
  still=''
  for other in $open; do [ "$other" = "$batch" ] || still="$still $other"; done
  open=$still
}

# Nothing ticks while there is nothing to do: others may measure on this node.
wind_up() {
  if [ -n "$ticker" ] || [ -z "$open" ]; then return 0; fi
  (sleep "$tick_s" && echo tick >&3) &
  ticker=$!
}

read -r cores <cores
for folder in "$var"/jobs/*/taken; do
  folder=${folder%/taken}
  add_batch "${folder##*/}"
done
begin_what_fits
wind_up

while read -r word task b c <&3; do
  case $word in
    batch)
      cores=$b
      add_batch "$task"
      ;;
    cancel) cancel "$task" "$b" ;;
    child)
      put child "$b"
      put readers "$c"
      get asked
      [ -z "$asked" ] || end_softly
      ;;
    exited)
      get need
      read_clock
      put state exited
      put exited_at "$now"
      busy=$((busy - need))
      ;;
    over) is_over ;;
    sent | told)
      put out "$b"
      put err "$c"
      [ "$word" = sent ] || is_told
      ;;
    beat)
      batch=$task
      eval "told_at_b$batch=\$now"
      ;;
    tick)
      wait "$ticker"
      ticker=''
      watch_tasks
      report
      ;;
    reported)
      wait "$reporter"
      reporter=''
      is_reported "$task"
      ;;
  esac
  begin_what_fits
  wind_up
done
