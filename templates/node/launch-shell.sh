#!/bin/sh
# launch-shell.sh BUNDLE WORK NODE_RANK: the program, once on every node.
bundle=$1 work=$2 node_rank=$3
# shellcheck source=program-environment.sh
. "${0%/*}/program-environment.sh"
must_exist "$program_word"
exec /bin/sh "$bundle/program.sh" 4>&-
