#!/bin/sh
# rank.sh BUNDLE WORK READY RANKS: one rank of an MPI program, on whichever node. Lies in the bundle, since only the bundle is
# surely on every node. READY is there from the start where storage is shared; else this node may still be staging.
bundle=$1 work=$2 ranks=$4
unset OPAL_OUTPUT_STDERR_FD
tries=6000
until [ -e "$3" ]; do
  tries=$((tries - 1))
  if [ "$tries" = 0 ]; then
    echo "muster: $(uname -n): the job's folder was not there after ten minutes" >&2
    exit 126
  fi
  sleep 0.1
done
cd "$work" || exit 126
# shellcheck source=/dev/null
. "$bundle/settings"
MUSTER_RANK=${OMPI_COMM_WORLD_RANK:-${PMIX_RANK:-0}}
MUSTER_LOCAL_RANK=${OMPI_COMM_WORLD_LOCAL_RANK:-0}
MUSTER_NODE_RANK=$((MUSTER_RANK / tasks_per_node))
MUSTER_WORKDIR=$work MUSTER_NOTICE_FILE=${work%/work}/told/notice
export MUSTER_RANK MUSTER_LOCAL_RANK MUSTER_NODE_RANK MUSTER_WORKDIR MUSTER_NOTICE_FILE
# shellcheck source=/dev/null
. "$bundle/environment.sh"
# How this job is ended gently: mpirun itself leaves a rank no time between SIGTERM and SIGKILL, but it forwards SIGWINCH,
# which programs do not mind, to the rank's process group; here it becomes SIGTERM.
asked=no told=no
trap 'woken=yes; asked=yes; kill -TERM 0' WINCH
trap 'woken=yes; told=yes' TERM
trap 'woken=yes' HUP INT QUIT ALRM USR1 USR2
if env --default-signal=INT true 2>/dev/null; then
  env --default-signal=INT,QUIT /bin/sh "$bundle/program.sh" &
else
  /bin/sh "$bundle/program.sh" &
fi
program=$!
while :; do
  woken=no
  wait "$program" 2>/dev/null
  new_code=$?
  if [ "$new_code" != 127 ] || [ -z "${code:-}" ]; then code=$new_code; fi
  [ "$woken" = yes ] || break
done

# A rank that fails ends all others at once: one that was asked to end must not.
if [ "$asked" = yes ]; then exit 0; fi

# Which rank failed first mpirun does not always get to say, so it is written down here, by whoever is first: `ln` is one
# stroke on a shared file system. What mpirun ended by SIGTERM because another failed has not failed itself.
if [ "$code" != 0 ] && [ "$told" = no ]; then
  note=$ranks/failure.$MUSTER_RANK
  { echo "$MUSTER_RANK $code" >"$note" && ln "$note" "$ranks/first-failure"; } 2>/dev/null
  case $code in
    13[1-9] | 14[0-9] | 15[0-9]) echo "muster: rank $MUSTER_RANK on $(uname -n) was ended by signal $((code - 128))" >&2 ;;
  esac
fi
exit "$code"
