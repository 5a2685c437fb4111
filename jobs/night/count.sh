#!/bin/sh
# count.sh END: counts, and begins where the attempt before was stopped.
set -eu
at=0
if [ -e "$MUSTER_CHECKPOINT_DIR/at" ]; then
  read -r at <"$MUSTER_CHECKPOINT_DIR/at"
  echo "attempt $MUSTER_ATTEMPT goes on after $at"
fi
while [ "$at" -lt "$1" ]; do
  sleep 0.5
  at=$((at + 1))
  # Whole or not at all, whatever happens meanwhile.
  echo "$at" >"$MUSTER_CHECKPOINT_DIR/at.new"
  mv "$MUSTER_CHECKPOINT_DIR/at.new" "$MUSTER_CHECKPOINT_DIR/at"
  echo "$at" >>"$MUSTER_CHECKPOINT_DIR/counted"
done
echo "counted to $at"
