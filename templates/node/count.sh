#!/bin/sh
# count.sh MOUNT_POINT KEY URL REGION [FOLDER...]: puts the list of all files below the mount point to the bucket, without those in
# FOLDERs: for each its size, a space, its path and NUL, all of it compressed. Exit codes: 62 counting, 63 sending.
set -u
here=${0%/*}
# shellcheck source=paths.sh
. "$here/paths.sh"
point=$root$1 key=$2 url=$3 region=$4
shift 4
# shellcheck source=s3.sh
. "$here/s3.sh"

list=$var/files.$$
trap 'rm -f "$list" "$list.gz"' EXIT
cd "$point" || fail 62 "$point is not there"

# The folders as find's own words: nothing of them is evaluated by a shell.
count=$#
while [ "$count" -gt 0 ]; do
  set -- "$@" -path "./${1#/}" -prune -o
  shift
  count=$((count - 1))
done

if find . -prune -printf '' 2>/dev/null; then
  find . "$@" -type f -printf '%s %P\0' >"$list" || fail 62 "the files on $point could not be counted"
else
  find . "$@" -type f -exec sh -c 'for file; do printf "%s %s\0" "$(($(wc -c <"$file")))" "${file#./}"; done' sh {} + \
    >"$list" || fail 62 "the files on $point could not be counted"
fi
gzip -f "$list" && retry s3_put "$key" "$list.gz" || fail 63 'the list of files could not be sent to the bucket'
