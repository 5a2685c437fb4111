# Runs a step in a session of its own, and ends it when the job is cancelled or its time is over: SIGTERM to the whole
# session, SIGKILL after the grace. Needs paths.sh, and job and here set; the step's output goes through two pipes that
# belong to the user, so that a program can open /dev/stderr again without cutting the log.
# shellcheck shell=sh disable=SC2034,SC2154

grace_s=10
# mpirun is told by SIGWINCH, which it forwards to its ranks (rank.sh); everything else by SIGTERM.
gentle=TERM
# Whether the step is the program, which is told of a notice (notice.sh).
tells=no
trap 'woken=yes' USR1

# wait_for PID: sets code to its exit code, however often we are woken meanwhile (then wait says 128 + USR1). Whoever
# woke us is served by `when_woken`.
wait_for() {
  while :; do
    woken=no
    wait "$1"
    code=$?
    case $woken$code in
      yes138 | yes158) "$2" ;;
      *) break ;;
    esac
  done
}

# pause: a tenth of a second, or until we are woken.
pause() {
  sleep 0.1 &
  wait $!
}

# after SECONDS COMMAND...: a timer in a session of its own, so that it can be stopped together with its sleep; sets timer.
after() {
  # shellcheck disable=SC2016
  sh "$here/session.sh" sh -c 'sleep "$1"; shift; exec "$@"' timer "$@" </dev/null >/dev/null 2>&1 &
  timer=$!
}

# A timer that has only just begun has no session yet.
stop_timer() {
  [ -z "$1" ] || kill -KILL "-$1" 2>/dev/null || kill -KILL "$1" 2>/dev/null
}

# What has been asked for, if anything: sets ended and why.
asked_to_end() {
  if [ -e "$job/control/cancel" ]; then
    ended=cancelled why=cancelled
    read -r grace_s <"$job/control/cancel"
  elif [ -e "$job/control/time-limit" ]; then
    ended=time-limit why="the time limit of $limit s was over"
  elif [ -s "$job/control/node-end" ]; then
    ended=node-end
    read -r grace_s why <"$job/control/node-end"
    why="its node ends: $why"
  else
    return 1
  fi
  : >"$job/control/heard"
}

nothing() {
  :
}

# Called when somebody woke us while the step runs.
serve() {
  [ "$tells" = no ] || tell_notice
  end_if_asked
}

end_if_asked() {
  if [ "$ended" = exited ] && asked_to_end; then
    if [ "$gentle" = WINCH ]; then
      kill -WINCH "$child"
      after "$grace_s" sh -c 'sh "$1" TERM "$2"; sleep 2; exec sh "$1" KILL "$2"' end "$here/end-session.sh" "$child"
    else
      sh "$here/end-session.sh" TERM "$child"
      after "$grace_s" sh "$here/end-session.sh" KILL "$child"
    fi
    kill_timer=$timer
  fi
}

# drain PID: waits for the reader of a pipe; a process that left the session may hold the pipe open, so not for ever.
drain() {
  after 2 kill "$1"
  wait_for "$1" nothing
  stop_timer "$timer"
}

# guard LIMIT_S SCRIPT ARGUMENT...: sets code (as the shell gives it: 128 + signal) and ended: exited, cancelled or
# time-limit. A step that was ended and exits with 0 all the same counts as 143, as one that SIGTERM ended. An empty
# LIMIT_S has no limit. What a step leaves running in its session is killed when it has ended.
guard() {
  limit=$1 ended=exited why='' limit_timer='' kill_timer=''
  shift
  if asked_to_end; then
    code=143
    return
  fi
  cat <"$job/stdout.pipe" >>"$job/stdout" &
  out_reader=$!
  cat <"$job/stderr.pipe" >>"$job/stderr" &
  err_reader=$!
  # What mpirun itself says, without a warning that its child was quicker than it was, and without our own signal.
  sed -u -e '/plm:rsh: Warning: setpgid(/d' -e '/mpirun: Forwarding signal 28 to job/d' <"$job/notes.pipe" >>"$job/stderr" &
  notes_reader=$!
  sh "$here/session.sh" sh "$@" </dev/null >"$job/stdout.pipe" 2>"$job/stderr.pipe" 4>"$job/notes.pipe" &
  child=$!
  if [ -n "$limit" ]; then
    after "$limit" sh "$here/ring.sh" "$job" $$ time-limit
    limit_timer=$timer
  fi
  serve
  wait_for "$child" serve
  step_code=$code
  stop_timer "$limit_timer"
  stop_timer "$kill_timer"
  sh "$here/end-session.sh" KILL "$child"
  drain "$out_reader"
  drain "$err_reader"
  drain "$notes_reader"
  code=$step_code
  if [ "$ended" != exited ]; then
    # Asked gently, all ranks count as 0; a 1 is mpirun's own, when it had to be ended with ranks that did not listen.
    case $gentle,$code in
      *,0) code=143 ;;
      WINCH,1) code=137 ;;
    esac
  fi
}
