# One task of a batch, for run-tasks.sh: run_task in a process of its own, the rest in that of all tasks.
# shellcheck shell=sh disable=SC2034,SC2154

# run_task: from its folder to the word how it ended. Few processes: there may be thousands of tasks, each shorter than this.
run_task() {
  get run batch line slot began
  of_batch title
  bundle=$var/jobs/$title/bundle job=$var/jobs/$title/tasks/$run
  id=$run host=node-0 node_rank=0
  # shellcheck source=/dev/null
  . "$bundle/settings"
  base=$root${mount_point:-/var/lib/muster}/jobs/$run
  work=$base/work reason=exited exit_code=0 message='' output_bytes=null
  : >"$job/stdout" && : >"$job/stderr"
  if done_before; then
    work=$before/work message='the attempt before had done it, and its node died before that was heard of'
    succeeded 0
    if [ "$output_count" != 0 ]; then collect_outputs; fi
    echo "exited $task" >&3
  elif [ -n "$archive_key" ] && ! unpack; then
    echo "exited $task" >&3
    reason=staging-failed exit_code=1 message="could not unpack the job's folder: $(last_line "$job/stage.log")$(disk_full)"
  else
    cat <"$slot.out" >>"$job/stdout" 3>&- &
    readers=$!
    cat <"$slot.err" >>"$job/stderr" 3>&- &
    readers=$readers,$!
    launch </dev/null >"$slot.out" 2>"$slot.err" 3>&- &
    child=$!
    echo "child $task $child $readers" >&3
    wait "$child"
    exit_code=$?
    if [ "$exit_code" = 0 ] && [ ! -s "$job/asked" ]; then succeeded 0; fi
    # Most of what it left running; who left its session too is found by report.sh.
    kill -KILL "-$child" 2>/dev/null
    if [ "$output_count" != 0 ]; then
      sh "$here/end-strays.sh" "$run"
      collect_outputs
    fi
    echo "exited $task" >&3
    wait "${readers%,*}" "${readers#*,}"
    [ "$exit_code" = 0 ] || message="$(verdict)${message:+; $message}"
  fi
  if [ -s "$job/asked" ]; then
    read -r reason message <"$job/asked"
    [ "$exit_code" != 0 ] || exit_code=143
  fi
  read_clock
  write_end "$began"
  true >"$base/over"
  echo "over $task" >&3
}

launch() {
  if [ -n "$session" ]; then become /bin/sh "$here/launch-task.sh" "$bundle" "$work" "$line"; fi
  exec sh "$here/session.sh" sh "$here/as-user.sh" /bin/sh "$here/launch-task.sh" "$bundle" "$work" "$line"
}

session=''
if command -v setsid >/dev/null 2>&1; then session=setsid; fi

unpack() {
  sh "$here/as-user.sh" tar -xzf - -C "$work" --no-same-owner <"$var/jobs/$title/folder.tar.gz" >"$job/stage.log" 2>&1
}

# write_end BEGAN: RunnerState in src/core/job/record.ts, all but logBytes.
write_end() {
  said='""'
  [ -z "$message" ] || said=$(json_text "$message")
  host=node-0 notice=null
  [ ! -s "$root/run/muster/notice" ] || read_notice
  printf '{"phase":"done","exitCode":%s,"reason":"%s","message":%s,"startedAt":%s,"updatedAt":%s,"outputBytes":%s,"notice":%s\n' \
    "$exit_code" "$reason" "$said" "$1" "$now" "$output_bytes" "$notice" >"$job/end"
}

# never_ran REASON CODE MESSAGE: the end of one that nobody runs.
never_ran() {
  reason=$1 exit_code=$2 message=$3 output_bytes=null
  : >>"$job/stdout" && : >>"$job/stderr"
  read_clock
  write_end "$now"
  put state over
  read -r end <"$job/end"
  put end "$end"
}

# take_up FOLDER: what is known of it from before, where whoever ran it was killed.
take_up() {
  job=$1
  if { read -r end <"$job/end"; } 2>/dev/null; then
    put state over
    put end "$end"
  elif [ -e "$job/stdout" ]; then
    never_ran node-end 137 'what ran it on its node was killed'
  elif [ -s "$job/asked" ] || [ -e "$var/jobs/$run/control/cancel" ]; then
    never_ran cancelled 143 'cancelled'
  fi
}

is_over() {
  get shell slot run batch
  wait "$shell"
  of_batch title
  put state over
  read -r end <"$var/jobs/$title/tasks/$run/end"
  put end "$end"
  eval "news_b$batch=yes"
  if [ -e "$slot.out" ]; then free="$slot $free"; fi
}

# end_softly: SIGTERM now, SIGKILL after its grace.
end_softly() {
  get child grace
  if [ -z "$child" ]; then return 0; fi
  read_clock
  put kill_at "$((now + grace * 1000))"
  sh "$here/end-session.sh" TERM "$child"
}

# ask_to_end REASON GRACE_S MESSAGE
ask_to_end() {
  get asked state run batch
  if [ -n "$asked" ]; then return 0; fi
  of_batch title
  job=$var/jobs/$title/tasks/$run
  echo "$1 $3" >"$job/asked"
  case $state in
    waiting) never_ran "$1" 143 "$3" ;;
    running)
      put asked "$1"
      put grace "$2"
      end_softly
      ;;
  esac
  eval "news_b$batch=yes"
}

# cancel NAME GRACE_S: a task, or all of a batch.
cancel() {
  for task in $alive; do
    get run batch
    of_batch title
    if [ "$run" = "$1" ] || [ "$title" = "$1" ]; then ask_to_end cancelled "$2" cancelled; fi
  done
}

# Time limits, programs that do not listen, and output that somebody who left the session still holds open.
watch_tasks() {
  read_clock
  for batch in $open; do
    of_batch title
    if [ -s "$var/jobs/$title/control/node-end" ]; then end_with_node; fi
  done
  noticed=no
  if [ -s "$root/run/muster/notice" ]; then noticed=yes; fi
  for task in $alive; do
    get state
    case $state in
      # It is begun on another node instead.
      waiting) [ "$noticed" = no ] || ask_to_end node-end 0 'Spot takes its node' ;;
      running)
        get child kill_at ends_at
        [ "$noticed" = no ] || tell_task
        if [ -n "$kill_at" ]; then
          [ "$now" -lt "$kill_at" ] || sh "$here/end-session.sh" KILL "$child"
        elif [ -n "$ends_at" ] && [ "$now" -ge "$ends_at" ]; then
          get limit
          ask_to_end time-limit 10 "the time limit of $limit s was over"
        fi
        ;;
      exited)
        get exited_at readers slot
        if [ $((now - exited_at)) -gt 2000 ]; then
          kill "${readers%,*}" "${readers#*,}" 2>/dev/null
          rm -f "$slot.out" "$slot.err"
        fi
        ;;
    esac
  done
}

# end_with_node: the watchdog says that the node ends, and how long that waits for the tasks of $title.
end_with_node() {
  [ ! -e "$var/jobs/$title/control/heard" ] || return 0
  : >"$var/jobs/$title/control/heard"
  read -r notice_s why <"$var/jobs/$title/control/node-end"
  ending=$batch
  for task in $alive; do
    get batch
    if [ "$batch" = "$ending" ]; then ask_to_end node-end "$notice_s" "its node ends: $why"; fi
  done
}

# tell_task: that Spot takes the node (notice.sh).
tell_task() {
  get run batch
  if [ -z "$child" ]; then return 0; fi
  of_batch title
  notice_signal=''
  # shellcheck source=/dev/null
  . "$var/jobs/$title/bundle/settings"
  id=$run job=$var/jobs/$title/tasks/$run base=$root${mount_point:-/var/lib/muster}/jobs/$run
  host=node-0 node_rank=0
  tell_notice
}

poke_shipper() {
  eval "news_b$batch=yes"
}
