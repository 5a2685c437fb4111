#!/bin/sh
# stage.sh JOB URL REGION NODE_RANK BASE: makes the work directory and unpacks the job's folder into it. Archives are named
# by their content: one that this node has is not fetched again. Where the storage is shared, only the first node does it.
# Its output is no part of the job's log: it goes to stage.log.
set -u
here=${0%/*}
id=$1 url=$2 region=$3 node_rank=$4 base=$5
# shellcheck source=paths.sh
. "$here/paths.sh"
# shellcheck source=s3.sh
. "$here/s3.sh"
# shellcheck source=take-in.sh
. "$here/take-in.sh"
job=$var/jobs/$id
exec >"$job/stage.log" 2>&1
# shellcheck source=/dev/null
. "$job/bundle/settings"
must_be_mounted 1
cp "$here/rank.sh" "$job/bundle/rank.sh" || fail 1 "could not write to $job"
if [ -n "$mount_point" ] && [ "$node_rank" != 0 ]; then exit 0; fi

sh "$here/session.sh" sh "$here/remove-old.sh" "$var/jobs" "${base%/*}" </dev/null >/dev/null 2>&1 &
mkdir -p "$base/work" "$base/ranks" "$base/told" && own "$base/work" "$base/ranks" "$base/told" || fail 1 "could not make $base/work"
[ "$base" = "$job" ] || chmod 711 "$base"

# What a task leaves there its next attempt finds: it is beside the attempts' own folders.
if [ -n "${checkpoint:-}" ]; then
  mkdir -p "${base%/*}/$checkpoint" && own "${base%/*}/$checkpoint" && chmod 711 "${base%/*}/${checkpoint%%/*}" ||
    fail 1 "could not make ${base%/*}/$checkpoint"
fi

# Where jobs leave what others of the fleet are to find; it goes where their work directories go.
if [ -n "$mount_point" ]; then
  mkdir -p "${base%/*}/shared" && own "${base%/*}/shared" || fail 1 "could not make ${base%/*}/shared"
fi

# The bundle as every rank sees it.
if [ -n "$mount_point" ]; then
  rm -rf "$base/launch" && cp -R "$job/bundle" "$base/launch" && own -R "$base/launch" && chmod -R go= "$base/launch" ||
    fail 1 "could not write to $base"
fi

if [ -n "$archive_key" ]; then
  fetch_archive || fail 1 "could not fetch the job's folder ($archive_key)"
  # The name is the hash of what was packed, not of the archive: gzip's own checksum tells whether it came down whole.
  sh "$here/as-user.sh" tar -xzf - -C "$base/work" --no-same-owner <"$archive" || {
    rm -f "$archive"
    fail 1 "could not unpack the job's folder into $base/work"
  }
fi
