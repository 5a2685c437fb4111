#!/bin/sh
# as-user.sh COMMAND...: runs it as the ordinary user in a clean environment, as the same process (become.sh).
# EFA wants to lock memory, and SSM's agent has systemd's small limit: it is lifted while we may.
# shellcheck source=paths.sh
. "${0%/*}/paths.sh"
# shellcheck source=become.sh
. "${0%/*}/become.sh"

# shellcheck disable=SC3045
ulimit -l unlimited 2>/dev/null || :
become "$@"
