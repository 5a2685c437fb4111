# Cuts streams into segments, and sends them in batches with one curl. Needs s3.sh; runs in the job's folder. The names in
# the curl configuration are relative, so that no quoting is needed.
# shellcheck shell=sh disable=SC2154

start_batch() {
  : >spool/batch
  serial=0 ranks_behind=no
}

# add_to_batch FILE KEY
add_to_batch() {
  serial=$((serial + 1))
  printf 'upload-file = "%s"\nurl = "%s/%s"\n' "$1" "$url" "$2" >>spool/batch
}

# cut_stream FILE FROM SIZE SOURCE/STREAM: adds what is new, up to batch_bytes of it; sets cut_to.
cut_stream() {
  cut_to=$2 cut_end=$3
  [ "$cut_to" -lt "$cut_end" ] || return 0
  if [ $((cut_end - cut_to)) -gt "$batch_bytes" ]; then cut_end=$((cut_to + batch_bytes)); fi
  sent_at=$(now_ms)
  while [ "$cut_to" -lt "$cut_end" ]; do
    length=$((cut_end - cut_to))
    if [ $length -gt "$largest_bytes" ]; then length=$largest_bytes; fi
    tail -c "+$((cut_to + 1))" "$1" | head -c "$length" | gzip -1 >"spool/$((serial + 1))"
    add_to_batch "spool/$((serial + 1))" "$(printf 'jobs/%s/log/%s/%020d-%d-%d.gz' "$id" "$4" "$cut_to" "$length" "$sent_at")"
    cut_to=$((cut_to + length))
  done
}

# Every rank's own stdout and stderr, which mpirun writes to <ranks>/1/rank.N/; ranks.sent has how far each was cut.
cut_ranks() {
  [ -d "$ranks/1" ] || return 0
  wc -c "$ranks"/1/rank.*/stdout "$ranks"/1/rank.*/stderr /dev/null 2>/dev/null |
    awk 'NR == FNR { path = $0; sub(/^[^ ]* /, "", path); sent[path] = $1; next }
      { size = $1; sub(/^ *[0-9]+ /, "") }
      $0 ~ /\/rank\.[0-9]+\/std(out|err)$/ && size > sent[$0] + 0 { print sent[$0] + 0, size, $0 }' \
      ranks.sent - >ranks.new
  while read -r from size path; do
    stream=${path##*/} rank=${path%/*}
    rank=$(echo "${rank##*.}" | sed 's/^0*\([0-9]\)/\1/')
    cut_stream "$path" "$from" "$size" "rank-$rank/$stream"
    if [ "$cut_to" -lt "$size" ]; then ranks_behind=yes; fi
    echo "$cut_to $path"
  done <ranks.new >ranks.cut
  if [ -s ranks.cut ]; then
    awk '{ path = $0; sub(/^[^ ]* /, "", path); at[path] = $1 } END { for (path in at) print at[path], path }' \
      ranks.sent ranks.cut >ranks.next && mv ranks.next ranks.sent
  fi
}

put_batch() {
  if [ "$serial" -gt 2 ]; then s3 -K spool/batch -Z --parallel-max 4 --fail-early; else s3 -K spool/batch --fail-early; fi
}

# Returns when the batch is in the bucket: tries for ever, ever more slowly, since the files are not going anywhere.
# A job that is over waits an hour for its bucket.
send_batch() {
  [ -s spool/batch ] || return 0
  tries=0 pauses='0.1 0.2 0.5 1 2'
  until put_batch; do
    rm -f "$var/credentials"
    tries=$((tries + 1))
    if [ "$tries" -gt 720 ] && [ -e control/drain ]; then exit 1; fi
    sleep "${pauses%% *}" &
    wait $!
    case $pauses in *' '*) pauses=${pauses#* } ;; *) pauses=5 ;; esac
  done
}
