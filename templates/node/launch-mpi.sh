#!/bin/sh
# launch-mpi.sh BUNDLE WORK 0 BASE IP: mpirun on the lead, which starts the ranks on all nodes over ssh.
# What can be said as an MCA variable is said so: Open MPI 4 and 5 ignore each other's names, and the job's own environment
# can say otherwise. With EFA, falling back to TCP must be an error; without, only TCP and shared memory are tried, since
# looking for more costs a second, and a rank that waits gives its core away, since cores may be shared.
bundle=$1 work=$2 node_rank=$3 base=$4 ip=$5
here=${0%/*}

# The network that the nodes share, as `172.31.0.7/20`: nothing of MPI's goes over any other.
network=$(ip -o -4 addr show 2>/dev/null | awk -v ip="$ip" '{ split($4, a, "/"); if (a[1] == ip) { print $4; exit } }')
if [ -n "$network" ]; then
  OMPI_MCA_oob_tcp_if_include=$network OMPI_MCA_btl_tcp_if_include=$network PRTE_MCA_prte_if_include=$network
  export OMPI_MCA_oob_tcp_if_include OMPI_MCA_btl_tcp_if_include PRTE_MCA_prte_if_include
fi
OMPI_MCA_plm_rsh_agent=$here/ssh.sh PRTE_MCA_plm_ssh_agent=$here/ssh.sh
OMPI_MCA_plm_rsh_no_tree_spawn=1 PRTE_MCA_plm_ssh_no_tree_spawn=1
OMPI_MCA_plm_rsh_num_concurrent=512
# mpirun sleeps this long, several times over, when it ends ranks; cancelling gives them their time before (rank.sh).
OMPI_MCA_odls_base_sigkill_timeout=0
# SIGWINCH, which is 28 everywhere; Open MPI 4 does not know its name.
OMPI_MCA_ess_base_forward_signals=28 PRTE_MCA_ess_base_forward_signals=28
export OMPI_MCA_plm_rsh_agent PRTE_MCA_plm_ssh_agent OMPI_MCA_plm_rsh_no_tree_spawn PRTE_MCA_plm_ssh_no_tree_spawn
export OMPI_MCA_plm_rsh_num_concurrent OMPI_MCA_odls_base_sigkill_timeout
export OMPI_MCA_ess_base_forward_signals PRTE_MCA_ess_base_forward_signals
# mpirun's own messages go to the runner, which leaves out one that only says that the machine is busy.
OPAL_OUTPUT_STDERR_FD=4
export OPAL_OUTPUT_STDERR_FD
# shellcheck source=/dev/null
. "$bundle/settings"
if [ "$efa" = 1 ]; then
  # libfabric has a provider over TCP too: the third one rules it out (mpirun hands OMPI_ variables to all nodes, FI_ ones not).
  OMPI_MCA_pml=cm OMPI_MCA_mtl=ofi OMPI_MCA_mtl_ofi_provider_include=efa FI_PROVIDER=efa
  export OMPI_MCA_pml OMPI_MCA_mtl OMPI_MCA_mtl_ofi_provider_include FI_PROVIDER
  bind=core
else
  OMPI_MCA_pml=ob1 OMPI_MCA_btl=self,vader,tcp OMPI_MCA_mpi_yield_when_idle=1 OMPI_MCA_btl_vader_single_copy_mechanism=none
  export OMPI_MCA_pml OMPI_MCA_btl OMPI_MCA_mpi_yield_when_idle OMPI_MCA_btl_vader_single_copy_mechanism
  bind=none
fi
# shellcheck source=program-environment.sh
. "$here/program-environment.sh"
must_exist "$program_word"
must_exist mpirun

if [ -n "$mount_point" ]; then shared=$base/launch; else shared=$bundle; fi
set -- /bin/sh "$shared/rank.sh" "$shared" "$work" "$base/ready" "$base/ranks"
set -- -np "$((nodes * tasks_per_node))" --bind-to "$bind" --output-filename "$base/ranks" "$@"
if [ -n "${MUSTER_NODE_ROOT:-}" ]; then
  # All process nodes are this machine under several addresses: to mpirun, one host.
  if [ "$(id -u)" = 0 ]; then export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1; fi
  exec mpirun --oversubscribe "$@"
fi
# The work directory may not be there yet on nodes without shared storage: rank.sh waits for it and goes there.
exec mpirun --wdir / --hostfile "$shared/hostfile" --map-by "ppr:$tasks_per_node:node" --oversubscribe "$@"
