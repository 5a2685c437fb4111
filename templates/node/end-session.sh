#!/bin/sh
# end-session.sh SIGNAL SESSION: sends it to every process of the session, whatever process groups it has made.
# Where there is no /proc (macOS), to the session's first process group.
if [ -r /proc/self/stat ]; then
  cat /proc/[0-9]*/stat 2>/dev/null |
    awk -v session="$2" '{ pid = $1; sub(/^.*\) /, ""); if ($4 == session) print pid }' |
    while read -r pid; do kill "-$1" "$pid" 2>/dev/null; done
else
  kill "-$1" "-$2" 2>/dev/null
fi
:
