#!/bin/sh
# What mpirun starts its daemons with: ssh with the configuration that trust.sh wrote, wherever the user's home is.
# shellcheck source=paths.sh
. "${0%/*}/paths.sh"
exec ssh -F "$ssh_dir/config" "$@"
