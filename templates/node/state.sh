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

# Sets notice: `null`, or "HOST TIME" of the first Spot notice among the job's nodes.
notice=null
read_notice() {
  found=$(find_notice | sed -n 's/^\([a-z0-9-]*\) spot \([0-9TZ:.-]*\)$/"\1 \2"/p')
  notice=${found:-null}
}

# `HOST CAUSE TIME`: the watchdog's file here, or what keep-peers.sh found on another node; nothing where there is none.
find_notice() {
  if [ -s "$root/run/muster/notice" ]; then
    echo "$host $(cat "$root/run/muster/notice")"
  elif [ -s "$job/peer-notice" ]; then
    cat "$job/peer-notice"
  fi
}

# The whole document, into state.json.
stamp_state() {
  read_notice
  read -r part <"$job/state.part" &&
    printf '%s,"notice":%s,"updatedAt":%s}\n' "$part" "$notice" "$(now_ms)" >"$job/state.json"
}
