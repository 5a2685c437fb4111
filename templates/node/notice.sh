# Tells the program that one of its nodes is about to be taken. Needs state.sh, and id, job, base, host, node_rank, nodes, launcher,
# notice_signal and child set.
# shellcheck shell=sh disable=SC2154

# tell_notice: once, when there is a notice. On the job's first node for all of its nodes: a program that spans them dies with any.
tell_notice() {
  [ ! -e "$job/telling" ] || return 0
  found=$(find_notice)
  [ -n "$found" ] || return 0
  : >"$job/telling"
  poke_shipper
  # mpirun would hand the signal to every process of every rank, also to those that it ends.
  except=0
  if [ "$launcher" = mpi ]; then except=$child; fi
  far=no
  if [ "$node_rank" = 0 ] && [ "$nodes" -gt 1 ]; then far=yes; fi
  # shellcheck disable=SC2086
  sh "$here/session.sh" sh "$here/tell-nodes.sh" "$id" "$base/told" "$host" "$except" "$far" "$notice_signal" $found \
    </dev/null >>"$job/tell.log" 2>&1 &
}
