#!/bin/sh
# session.sh COMMAND...: runs it in a session of its own, as the same process: so the caller's $! is the session's id.
# macOS has no setsid(1), but perl.
if command -v setsid >/dev/null 2>&1; then exec setsid "$@"; fi
exec perl -MPOSIX=setsid -e 'setsid(); exec @ARGV or exit 127' "$@"
