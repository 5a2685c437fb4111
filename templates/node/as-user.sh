#!/bin/sh
# as-user.sh COMMAND...: runs it as the ordinary user in a clean environment, as the same process. A shell starts its
# background commands with SIGINT and SIGQUIT ignored, which would be inherited: env puts them back where it can.
# EFA wants to lock memory, and SSM's agent has systemd's small limit: it is lifted while we may.
# shellcheck source=paths.sh
. "${0%/*}/paths.sh"

# shellcheck disable=SC3045
ulimit -l unlimited 2>/dev/null || :
set -- "HOME=$home" SHELL=/bin/sh "LANG=C.UTF-8" "$@"
if [ -n "$user" ]; then
  # shellcheck disable=SC2093
  exec setpriv "--reuid=$user" "--regid=$user" --init-groups env -i --default-signal=INT,QUIT \
    "USER=$user" "LOGNAME=$user" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
fi
# The sandbox finds the processes of a process node by their variables.
set -- "USER=$(id -un)" "PATH=$PATH" "MUSTER_NODE_ROOT=$root" "MUSTER_SANDBOX_MARK=${MUSTER_SANDBOX_MARK:-}" "$@"
if env --default-signal=INT true 2>/dev/null; then exec env -i --default-signal=INT,QUIT "$@"; fi
exec env -i "$@"
