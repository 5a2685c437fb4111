#!/bin/sh
# mount.sh DNS_NAME MOUNT_NAME MOUNT_POINT [FOLDER]: mounts the fleet's Lustre file system; does nothing where it is mounted.
# FOLDER is made in it, for everybody to write in.
set -u
# shellcheck source=paths.sh
. "${0%/*}/paths.sh"

origin=$1@tcp:/$2
point=$root$3

if ! is_mounted "$point"; then
  mkdir -p "$point" || fail 30 "could not make $point"
  mount -t lustre -o noatime,flock "$origin" "$point" >"$var/mount.log" 2>&1 ||
    fail 31 "could not mount $origin on $3: $(tr '\n' ' ' <"$var/mount.log")"
fi
mkdir -p "$point/jobs" || fail 32 "the file system on $3 cannot be written"
if [ $# -ge 4 ]; then
  { mkdir -p "$point/$4" && chmod 1777 "$point/$4"; } || fail 32 "the file system on $3 cannot be written"
fi
