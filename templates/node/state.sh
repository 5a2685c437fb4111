# What the runner says of itself: RunnerState in src/core/job/record.ts. Needs paths.sh, and job set.
# The runner writes state.part, all but the time; ship-logs.sh adds the time and sends it, at changes and as a heartbeat.
# shellcheck shell=sh disable=SC2154

phase=staging exit_code=null reason=null message='' log_bytes=null output_bytes=null

# json_text TEXT: as a JSON string. Control characters become spaces; at most 1000 bytes.
json_text() {
  printf '"%s"' "$(printf '%s' "$1" | LC_ALL=C tr '\000-\037\177' ' ' | head -c 1000 | sed 's/[\\"]/\\&/g')"
}

# Written at one stroke: a reader never sees half of it.
save_state() {
  printf '{"phase":"%s","exitCode":%s,"reason":%s,"message":%s,"startedAt":%s,"logBytes":%s,"outputBytes":%s\n' \
    "$phase" "$exit_code" "$reason" "$(json_text "$message")" "$started_at" "$log_bytes" "$output_bytes" \
    >"$job/state.new" && mv "$job/state.new" "$job/state.part"
}

# Sets notice: `null`, or "HOST TIME" of the first Spot notice among the job's nodes: the watchdog's file, or what keep-peers.sh found.
notice=null
read_notice() {
  if [ -s "$root/run/muster/spot-notice" ]; then
    found="$host $(cat "$root/run/muster/spot-notice")"
  elif [ -s "$job/peer-notice" ]; then
    found=$(cat "$job/peer-notice")
  else
    return
  fi
  notice=$(printf '%s' "$found" | sed -n 's/^\([a-z0-9-]*\) .*"time" *: *"\([0-9TZ:.-]*\)".*/"\1 \2"/p' | head -n 1)
  [ -n "$notice" ] || notice=null
}

# The whole document, into state.json.
stamp_state() {
  read_notice
  read -r part <"$job/state.part" &&
    printf '%s,"notice":%s,"updatedAt":%s}\n' "$part" "$notice" "$(now_ms)" >"$job/state.json"
}
