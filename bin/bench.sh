#!/bin/sh
# `npm run bench`: sets up everything, then measures and prints a table. Words choose benches by name.
cd "$(dirname -- "$0")/.." || exit 70
sh bin/set-up.sh || exit $?
exec node_modules/node/bin/node test/bench/main.ts "$@"
