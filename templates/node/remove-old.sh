#!/bin/sh
# remove-old.sh FOLDER...: removes the folders of jobs in them that ended two weeks ago, so that a fleet that lives long does not
# fill its disk or its storage. Outputs are in the bucket by then. A job that nobody saw ending is left, and so
# is what jobs share.
for jobs; do
  find "$jobs" -mindepth 2 -maxdepth 2 ! -path "$jobs/shared/*" \( -name over -o -name ended \) -mtime +14 -exec sh -c 'rm -rf "${1%/*}"' remove {} \;
done
