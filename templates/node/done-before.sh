# A node may die when a program has ended and before anybody has heard of it, most of all while large outputs are sent. Its success is
# written down on the shared storage at once: the next attempt finds it there, and sends the outputs instead of doing it all again.
# Needs the settings of the bundle, and id, base, work, launcher and nodes set.
# shellcheck shell=sh disable=SC2034,SC2154

# succeeded RANK: the program's part on this node has, and left its outputs in $work.
succeeded() {
  doer=${work%/work}
  if [ -n "$mount_point" ]; then echo "${doer##*/}" >"$base/succeeded.$1"; fi 2>/dev/null
}

# done_before: sets before to the folder of the attempt that did it, where the one before this succeeded on all of its nodes.
done_before() {
  case $mount_point,$id in
    ,*) return 1 ;;
    *.a[0-9] | *.a[0-9][0-9]*) nth=$((${id##*.a} - 1)) ;;
    *) return 1 ;;
  esac
  before=${base%.a*}
  [ "$nth" = 1 ] || before=$before.a$nth
  parts=$nodes
  [ "$launcher" != mpi ] || parts=1
  while [ "$parts" -gt 0 ]; do
    parts=$((parts - 1))
    { read -r doer <"$before/succeeded.$parts"; } 2>/dev/null || return 1
  done
  before=${base%/*}/$doer
}
