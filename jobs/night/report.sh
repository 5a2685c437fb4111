#!/bin/sh
# report.sh: what the marks tell of the night, on stdout and in report.txt.
set -eu
cd "$MUSTER_SHARED_DIR/night/marks"
names=$(ls)
count() { printf '%s\n' "$names" | grep -c -e "$1" || :; }
{
  echo "attempts begun        $(count '\.began$')"
  echo "attempts ended        $(count '\.ended$')"
  echo "tasks done            $(count '\.done$')"
  echo "run twice             $(count '\.twice\.')"
  echo "ended with a failure:"
  for mark in *.ended; do
    read -r code _ <"$mark"
    [ "$code" = 0 ] || echo "  ${mark%.ended}: exit code $code"
  done
} | tee "$MUSTER_WORKDIR/report.txt"
