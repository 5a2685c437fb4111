# What run-tasks.sh says of its tasks: new output as segments (segmentName in src/core/job/layout.ts), then one state document a batch
# with all its tasks, so that who reads that a task is over finds all of its output. In a process of its own, one at a time; what
# fails is tried again with the next tick.
# shellcheck shell=sh disable=SC2034,SC2154

reporter=''
segment_bytes=1048576
largest_bytes=$((4 * segment_bytes))
batch_bytes=$((16 * segment_bytes))
# A batch says that it lives so often, in milliseconds.
beat_ms=5000

report() {
  if [ -n "$reporter" ] || [ -z "$open" ]; then return 0; fi
  (
    if send_report; then echo reported >&3; else echo 'reported again' >&3; fi
  ) &
  reporter=$!
  said=''
  for batch in $open; do
    of_batch news
    [ "$news" = no ] || said="$said $batch"
    eval "news_b$batch=no"
  done
}

# is_reported [again]
is_reported() {
  if [ "$1" = again ]; then
    rm -f "$var/credentials"
    for batch in $said; do eval "news_b$batch=yes"; done
    return 0
  fi
  still=''
  for task in $alive; do
    get state
    [ "$state" = told ] || still="$still $task"
  done
  alive=$still
  for batch in $open; do
    of_batch left
    [ "$left" -gt 0 ] || close_batch
  done
}

is_told() {
  get end batch out err
  put state told
  put end "$end,\"logBytes\":{\"stdout\":$out,\"stderr\":$err}}"
  eval "left_b$batch=\$((left_b$batch - 1))"
}

send_report() {
  read_clock
  rm -f spool/*
  start_batch
  end_left_over
  cut_output || return
  if [ -s spool/batch ]; then put_batch || return; fi
  start_batch
  for batch in $open; do
    of_batch news told_at
    if [ "$news" = yes ] || [ $((now - told_at)) -ge $beat_ms ]; then
      say_batch
      echo "beat $batch" >>spool/told
    fi
  done
  if [ -s spool/batch ]; then put_batch || return; fi
  cat spool/told >&3
}

# Processes of tasks that have ended, wherever they went: they are known by their environment, as in end-strays.sh.
end_left_over() {
  gone=' '
  for task in $alive; do
    get state run
    case $state in exited | over) gone="$gone$run " ;; esac
  done
  [ "$gone" != ' ' ] && [ -r /proc/self/environ ] || return 0
  for _ in 1 2 3; do
    grep -Hsza '^MUSTER_JOB_ID=' /proc/[0-9]*/environ 2>/dev/null | tr '\000' '\n' >spool/found
    found=''
    while IFS=: read -r file run; do
      case $gone in *" ${run#*=} "*) ;; *) continue ;; esac
      [ -z "$root" ] || grep -qszxF "MUSTER_NODE_ROOT=$root" "$file" || continue
      pid=${file#/proc/}
      kill -KILL "${pid%/environ}" 2>/dev/null && found=yes
    done <spool/found
    [ -n "$found" ] || break
  done
}

# What is new of every task's output. What is over and small is compressed by one process for all of it.
cut_output() {
  : >spool/told && : >spool/wanted && : >spool/whole
  set -- /dev/null
  for task in $alive; do
    get state run batch
    case $state in waiting | told) continue ;; esac
    of_batch title
    folder=../jobs/$title/tasks/$run
    for stream in stdout stderr; do
      if [ -s "$folder/$stream" ]; then
        set -- "$@" "$folder/$stream"
        echo "$task $stream $folder" >>spool/wanted
      fi
    done
  done
  wc -c "$@" >spool/sizes
  exec 4<spool/sizes
  read -r _ <&4
  while read -r task stream folder; do
    read -r size _ <&4
    cut_new
  done <spool/wanted
  exec 4<&-
  [ ! -s spool/whole ] || xargs gzip -1 -k -f <spool/whole || return
  for task in $alive; do
    get state out err moved behind
    case $state,$moved,$behind in
      over,*,no) say_told told ;;
      *,yes,*) say_told sent ;;
    esac
  done
}

say_told() {
  put state_said "$1"
  echo "$1 $task $out $err" >>spool/told
}

# cut_new: up to $size of $stream of $task.
cut_new() {
  get state run out err
  case $stream in stdout) from=$out ;; *) from=$err ;; esac
  id=$run
  if [ "$state" = over ] && [ "$from" = 0 ] && [ "$size" -le $segment_bytes ]; then
    echo "$folder/$stream" >>spool/whole
    serial=$((serial + 1))
    printf 'upload-file = "%s.gz"\nurl = "%s/jobs/%s/log/node-0/%s/%020d-%d-%d.gz"\n' \
      "$folder/$stream" "$url" "$run" "$stream" 0 "$size" "$now" >>spool/batch
    cut_to=$size
  else
    cut_stream "$folder/$stream" "$from" "$size" "node-0/$stream"
    [ "$cut_to" = "$size" ] || put behind yes
  fi
  put moved yes
  case $stream in stdout) put out "$cut_to" ;; *) put err "$cut_to" ;; esac
}

# say_batch: the document of $batch.
say_batch() {
  of_batch title first last
  phase=running host=node-0 job=$var/jobs/$title
  notice=null
  if [ -s "$root/run/muster/notice" ]; then read_notice; fi
  {
    comma='' over=0
    task=$first
    printf '{"tasks":{'
    while [ "$task" -le "$last" ]; do
      get state run end began out err state_said
      case $state,$state_said in
        told,*) ;;
        over,told) end="$end,\"logBytes\":{\"stdout\":$out,\"stderr\":$err}}" ;;
        waiting,*) end="{\"phase\":\"staging\",\"updatedAt\":$now}" ;;
        *) end="{\"phase\":\"running\",\"startedAt\":$began,\"updatedAt\":$now,\"notice\":$notice}" ;;
      esac
      case $state,$state_said in told,* | over,told) over=$((over + 1)) ;; esac
      printf '%s"%s":%s' "$comma" "$run" "$end"
      comma=','
      task=$((task + 1))
    done
    [ "$over" -le $((last - first)) ] || phase='done'
    printf '},"phase":"%s","exitCode":0,"reason":"exited","updatedAt":%s}\n' "$phase" "$now"
  } >"spool/state.$batch"
  add_to_batch "spool/state.$batch" "jobs/$title/state/node-0.json"
}
