#!/bin/sh
# launch-task.sh BUNDLE WORK NUMBER: the program of one task of a batch, as the ordinary user. What differs from task to
# task lies in tasks/NUMBER.*.
bundle=$1 work=$2 node_rank=0 environment=tasks/$3.env
# shellcheck source=program-environment.sh
. "${0%/*}/program-environment.sh"
# shellcheck source=/dev/null
. "$bundle/tasks/$3.program"
