# Where several nodes run a job on shared storage, the first node prepares for all and collects for all: the others wait
# for its word, and it waits for their end. Also the wait for `go`. Needs guard.sh, and base, node_rank and mount_point set.
# shellcheck shell=sh disable=SC2034,SC2154

# tell_others ready|failed: files that other nodes, or the ranks on this one, look for. Not by `:`, whose failing redirection would
# end this shell: the storage may be gone.
tell_others() {
  if [ "$node_rank" = 0 ] || [ -z "$mount_point" ]; then true >"$base/$1"; fi 2>/dev/null
}

# Returns when the program may run. Nobody says go for a job whose laptop went away: after ten minutes it is over.
await_go() {
  tries=6000 ended=exited
  until [ -e "$job/control/go" ] && [ -e "$base/ready" ]; do
    if asked_to_end; then
      code=143
      return
    fi
    if [ -e "$base/failed" ]; then give_up staging-failed 1 "the first node could not prepare the job"; fi
    if [ ! -e "$job/control/go" ]; then tries=$((tries - 1)); fi
    if [ "$tries" = 0 ]; then give_up cancelled 143 "nobody started it within ten minutes of staging"; fi
    pause
  done
}

# Without shared storage the other nodes' ranks have written their own logs there: fetched to the lead, which sends them.
gather_ranks() {
  if [ "$launcher" != mpi ] || [ -n "$mount_point$root" ]; then return; fi
  sed 1d "$bundle/hosts" | {
    while read -r _ _ other; do
      sh "$here/as-user.sh" sh "$here/ssh.sh" "$other" tar -cf - -C "$base/ranks" . </dev/null 2>/dev/null |
        sh "$here/as-user.sh" tar -xf - -C "$base/ranks" 2>/dev/null &
    done
    wait
  }
}

# The first node's wait for the others: as long as they take, but once the job is being ended only some seconds.
await_others() {
  if [ -z "$mount_point" ] || [ "$launcher" = mpi ]; then return; fi
  true >"$base/ended.$node_rank"
  [ "$node_rank" = 0 ] || return
  tries=''
  while [ "$(find "$base" -maxdepth 1 -name 'ended.*' | wc -l)" -lt "$nodes" ]; do
    if [ -z "$tries" ] && asked_to_end; then tries=$(((grace_s + 5) * 10)); fi
    if [ -n "$tries" ]; then
      tries=$((tries - 1))
      [ "$tries" -gt 0 ] || return
    fi
    pause
  done
}
