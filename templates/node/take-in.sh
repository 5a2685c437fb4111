# How a node takes in what it is given: what is in the bucket, who it is in that, once at a time. Sourced after paths.sh, with job
# (the folder) and id set; what fetches needs s3.sh, and fetch_archive archive_key.
# shellcheck shell=sh disable=SC2154

# Who this node is in the allocation: found by its instance id in the bundle's list of hosts.
find_host() {
  self=${AWS_SSM_INSTANCE_ID:-}
  [ -n "$self" ] || { imds_session && self=$(imds_get meta-data/instance-id); }
  awk -v id="$self" '$2 == id { print NR - 1, $1, $3 }' "$job/bundle/hosts" >"$job/host"
  [ -s "$job/host" ] || fail 51 "this node ($self) is not one of the job's hosts"
}

fetch_bundle() {
  rm -rf "$job/bundle.new" && mkdir -p "$job/bundle.new" &&
    retry s3_get "jobs/$id/launch.tar.gz" "$job/launch.tar.gz" &&
    tar -xzf "$job/launch.tar.gz" -C "$job/bundle.new" --no-same-owner &&
    own -R "$job/bundle.new" && chmod -R go= "$job/bundle.new" &&
    mv "$job/bundle.new" "$job/bundle" || fail 50 "could not fetch the job's launch bundle"
}

# Sets archive to where it lies. Keeps the three newest archives, so that a fleet that lives long does not fill its disk.
fetch_archive() {
  archive=$var/archives/${archive_key##*/}
  if [ ! -s "$archive" ]; then
    mkdir -p "$var/archives" || return 1
    retry s3_get "$archive_key" "$archive.$$" || return 1
    mv "$archive.$$" "$archive"
  fi
  touch "$archive"
  find "$var/archives" -type f -name '*.tar.gz' -exec ls -t {} + | sed 1,3d | while read -r old; do rm -f "$old"; done
}

# locked FILE COMMAND...: makes it happen once at a time: SSM may deliver a command twice.
locked() {
  lock=$1
  shift
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$lock"
    flock 9
    "$@" 9>&-
    exec 9>&-
  else
    "$@"
  fi
}
