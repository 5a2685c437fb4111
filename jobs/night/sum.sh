#!/bin/sh
# sum.sh COUNT: the sum of all slices, which has to be pi.
set -eu
cd "$MUSTER_SHARED_DIR/night/parts"
cat -- * | awk -v wanted="$1" '
  { sum += $1; ranks += $2 }
  END {
    pi = atan2(0, -1); off = sum > pi ? sum - pi : pi - sum
    printf "%d slices by %d ranks: pi is %.12f, off by %.1e\n", NR, ranks, sum, off
    exit !(NR == wanted && off < 1e-9)
  }'
