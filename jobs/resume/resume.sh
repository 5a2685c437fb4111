#!/bin/sh
# resume.sh STEPS SECONDS: STEPS steps of work of so many seconds each. How far it has come is in one small file, written at one
# stroke, every ten steps and when SIGUSR1 says that the node goes: so a later attempt does no step that was saved again.
set -eu
steps=$1 seconds=$2
# Only tasks of the queue have a folder that stays.
kept=${MUSTER_CHECKPOINT_DIR:-$PWD}
step=0 sum=0

save() {
  echo "$step $sum" >"$kept/state.new"
  mv "$kept/state.new" "$kept/state"
  if [ "$kept" != "$PWD" ]; then cp "$kept/steps.txt" .; fi
}

if [ -s "$kept/state" ]; then
  read -r step sum <"$kept/state"
  echo "attempt ${MUSTER_ATTEMPT:-1} resumes after step $step"
else
  echo "attempt ${MUSTER_ATTEMPT:-1} begins"
fi

told=no
trap 'told=yes' USR1
while [ "$step" -lt "$steps" ]; do
  sleep "$seconds"
  step=$((step + 1))
  sum=$((sum + step * step))
  echo "attempt ${MUSTER_ATTEMPT:-1} step $step of $steps" | tee -a "$kept/steps.txt"
  if [ "$told" = yes ]; then
    save
    echo "saved after step $step: $(cat "$MUSTER_NOTICE_FILE")"
    # Any exit code but 0: there is more to do.
    exit 75
  fi
  if [ $((step % 10)) = 0 ]; then save; fi
done

save
right=$((steps * (steps + 1) * (2 * steps + 1) / 6))
if [ "$sum" != "$right" ]; then
  echo "the sum is $sum, and should be $right" >&2
  exit 1
fi
echo "the sum of $steps squares is $sum, as it should be"
