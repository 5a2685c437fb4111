#!/bin/sh
# slice.sh: one slice of the integral, with ranks or without, into $MUSTER_SHARED_DIR/night/parts. Some take longer than others.
set -eu
night=$MUSTER_SHARED_DIR/night
sleep "0.$((MUSTER_ARRAY_INDEX % 8))"
if [ "$MUSTER_LAUNCHER" = mpi ]; then program=slice-mpi; else program=slice; fi
exec "$night/$program" "$MUSTER_ARRAY_INDEX" 200 "$night/parts/$MUSTER_ARRAY_INDEX"
