#!/bin/sh
# mark.sh COMMAND...: runs an attempt of a task and leaves marks of it below $MUSTER_SHARED_DIR/night/marks, each a file that can be
# made once: TASK.aN.began and TASK.aN.ended (with the exit code), TASK.done. What runs twice leaves TASK.twice.*, and fails; what was
# done and is begun again, since the word of it was lost with its node, leaves TASK.aN.again. The first of several ranks speaks for all.
set -u
if [ "${MUSTER_RANK:-0}" != 0 ] || [ "$MUSTER_NODE_RANK" != 0 ]; then exec "$@"; fi

marks=$MUSTER_SHARED_DIR/night/marks
mkdir -p "$marks"
task=${MUSTER_JOB_ID%".a$MUSTER_ATTEMPT"}
attempt=$task.a$MUSTER_ATTEMPT

# once MARK TEXT: with O_EXCL, so that of two that make it one fails.
once() {
  (set -C && echo "$2" >"$marks/$1") 2>/dev/null
}

now() {
  date +%s.%N
}

if [ -e "$marks/$task.done" ]; then
  once "$attempt.again" "$(now)"
  echo "mark.sh: $task is done already: its node died before anybody heard of it"
  exit 0
fi
if ! once "$attempt.began" "$(now)"; then
  once "$task.twice.$(uname -n).$$" "attempt $MUSTER_ATTEMPT"
  echo "mark.sh: $attempt has run already" >&2
  exit 99
fi
# A signal is for the command; what it made of it is written down.
trap : TERM
"$@" &
command=$!
wait "$command"
code=$?
if kill -0 "$command" 2>/dev/null; then
  wait "$command"
  code=$?
fi
once "$attempt.ended" "$code $(now)"
if [ "$code" = 0 ]; then once "$task.done" "$MUSTER_ATTEMPT" || code=99; fi
exit "$code"
