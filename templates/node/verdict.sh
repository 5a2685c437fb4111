# A sentence for the user about how a program ended, from its exit code and the end of its stderr. Empty is common: a
# program has its own words, and they are in the log.
# shellcheck shell=sh disable=SC2154

# last_line FILE: its last line that has a word in it.
last_line() {
  tail -c 4096 "$1" 2>/dev/null | LC_ALL=C grep '[[:alnum:]]' | tail -n 1
}

# `; no space left ...` where the work directory's disk is full. Nothing else would say why a program failed.
disk_full() {
  for folder in "$work" "$job"; do
    # It may be so full that not even the folder could be made.
    until [ -d "$folder" ]; do folder=${folder%/*}; done
    free=$(df -Pk "$folder" 2>/dev/null | awk 'END { print $4 }')
    if [ "${free:-1024}" -lt 256 ]; then
      printf '; no space left on device in %s' "${folder#"$root"}"
      return
    fi
  done
}

# The rank that failed first: as rank.sh noted it, or else in mpirun's own words (Open MPI 4's).
mpi_verdict() {
  if { read -r rank rank_code <"$base/ranks/first-failure"; } 2>/dev/null; then
    case $rank_code in
      129 | 1[3-5]? | 16[0-4]) how="was ended by signal $((rank_code - 128))" ;;
      *) how="exited with $rank_code" ;;
    esac
    printf 'rank %s (node-%s) %s' "$rank" "$((rank / tasks_per_node))" "$how"
    return
  fi
  tail -c 8192 "$job/stderr" | LC_ALL=C awk -v k="$tasks_per_node" '
    /Process name: \[\[[0-9]+,[0-9]+\],[0-9]+\]/ { rank = $NF; gsub(/^.*,|\]$/, "", rank) }
    /Exit code: / && rank != "" { text = "rank " rank " (node-" int(rank / k) ") exited with " $NF }
    /noticed that process rank [0-9]+ with PID/ {
      match($0, /rank [0-9]+/); rank = substr($0, RSTART + 5, RLENGTH - 5)
      signal = $0; sub(/^.*exited on signal /, "", signal); sub(/\.$/, "", signal)
      text = "rank " rank " (node-" int(rank / k) ") was ended by signal " signal
    }
    /ORTE has lost communication with a remote daemon/ { lost = 1 }
    lost && /Remote daemon:/ { ip = $NF; lost = 0 }
    # The second file says which name of ours the address has.
    FNR < NR && $3 == ip { text = $1 " (" ip ") died while the job was running: mpirun lost its connection" }
    END { printf "%s", text }' - "$bundle/hosts"
}

verdict() {
  case $exit_code in
    0) ;;
    126 | 127) LC_ALL=C grep -m 1 -e 'not found' -e 'No such file' -e 'denied' "$job/stderr" || last_line "$job/stderr" ;;
    *)
      if [ "$launcher" = mpi ]; then mpi_verdict; fi
      disk_full
      ;;
  esac | sed '1s/^; //'
}
