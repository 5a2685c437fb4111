#!/bin/sh
# launch-prepare.sh BUNDLE WORK NODE_RANK: what the job does once before its program starts.
bundle=$1 work=$2 node_rank=$3
# shellcheck source=program-environment.sh
. "${0%/*}/program-environment.sh"
must_exist "$prepare_word"
exec /bin/sh "$bundle/prepare.sh" 4>&-
