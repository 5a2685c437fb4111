# Sourced by launch-*.sh, as the ordinary user: the job's settings and environment, in the work directory.
# The user's own environment comes last and wins.
# shellcheck shell=sh disable=SC2034,SC2154

# shellcheck source=/dev/null
. "$bundle/settings"
for folder in /opt/amazon/efa/bin /opt/amazon/openmpi5/bin /opt/amazon/openmpi/bin; do
  if [ -d "$folder" ]; then PATH=$PATH:$folder; fi
done
MUSTER_NODE_RANK=$node_rank MUSTER_WORKDIR=$work MUSTER_NOTICE_FILE=${work%/work}/told/notice
export PATH MUSTER_NODE_RANK MUSTER_WORKDIR MUSTER_NOTICE_FILE
cd "$work" || exit 126
# shellcheck source=/dev/null
. "$bundle/${environment:-environment.sh}"

# must_exist WORD: with the message that a shell has for it, once, instead of once a rank.
must_exist() {
  if [ -n "$1" ] && ! command -v "$1" >/dev/null 2>&1; then
    printf '%s: %s: not found\n' "$(uname -n)" "$1" >&2
    exit 127
  fi
}
