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

read_clock() {
  if [ -n "$epoch_ms" ]; then
    read -r uptime _ </proc/uptime
    now=$((epoch_ms + ${uptime%.*}${uptime#*.}0))
  else
    now=$(now_ms)
  fi
}
