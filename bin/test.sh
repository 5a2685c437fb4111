#!/bin/sh
# `npm test`: sets up everything, then checks everything. Words are names of test layers: `npm test -- unit cli`.
cd "$(dirname -- "$0")/.." || exit 70
sh bin/set-up.sh || exit $?
exec node_modules/node/bin/node bin/test.ts "$@"
