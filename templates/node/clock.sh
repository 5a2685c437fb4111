# Milliseconds since the epoch without a process each time: by the kernel's own clock, which is compared with the wall's when
# sync_clock says so. Both set now.
# shellcheck shell=sh disable=SC2034,SC2154

sync_clock() {
  now=$(now_ms)
  if { read -r uptime _ </proc/uptime; } 2>/dev/null; then
    epoch_ms=$((now - ${uptime%.*}${uptime#*.}0))
  else
    epoch_ms=''
  fi
}

# set_clock: sync_clock again, for run-tasks.sh: what is to happen in a minute still does where the wall's clock was put right.
set_clock() {
  before=$epoch_ms
  sync_clock
  if [ -n "$before" ] && [ -n "$epoch_ms" ]; then move_times $((epoch_ms - before)); fi
}

# move_times BY_MS
move_times() {
  if [ "$1" -gt -1000 ] && [ "$1" -lt 1000 ]; then return 0; fi
  for task in $alive; do
    for name in began ends_at kill_at exited_at; do
      eval "at=\${${name}_$task:-}"
      [ -z "$at" ] || put "$name" $((at + $1))
    done
  done
  for batch in $open; do eval "told_at_b$batch=\$((told_at_b$batch + $1))"; done
}

read_clock() {
  if [ -n "$epoch_ms" ]; then
    read -r uptime _ </proc/uptime
    now=$((epoch_ms + ${uptime%.*}${uptime#*.}0))
  else
    now=$(now_ms)
  fi
}
