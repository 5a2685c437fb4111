#!/bin/sh
# launch-torchrun.sh BUNDLE WORK NODE_RANK: the same command on every node, told its place. The bundle's program.sh has
# torchrun's own arguments; a script of the user gets the variables and calls what it likes.
bundle=$1 work=$2 node_rank=$3
NODE_RANK=$node_rank GROUP_RANK=$node_rank
export NODE_RANK GROUP_RANK
# shellcheck source=program-environment.sh
. "${0%/*}/program-environment.sh"
must_exist "$program_word"
exec /bin/sh "$bundle/program.sh" 4>&-
