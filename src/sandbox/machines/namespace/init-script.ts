import { places } from './places.ts'

/**
 * The node's process 1: starts the agent first, because it takes longest, makes the node's own host key, starts sshd, and
 * then collects ended processes until the agent ends. With process 1 the kernel ends everything in the node.
 */
export function initScript(agentEnding: string): string {
  return `ulimit -l unlimited 2>/dev/null || :
ulimit -n 65536 2>/dev/null || :
mkdir -p /var/log/amazon/ssm
${places.node} --disable-warning=ExperimentalWarning ${places.agent}/main${agentEnding} </dev/null >>/var/log/amazon/ssm/amazon-ssm-agent.log 2>&1 &
agent=$!
exec 3>&-
unset MUSTER_AGENT_SETTINGS MUSTER_SANDBOX_MARK
ssh-keygen -q -t ed25519 -N '' -C "root@$(cat /proc/sys/kernel/hostname)" -f /etc/ssh/ssh_host_ed25519_key </dev/null
/usr/sbin/sshd
exec >/dev/null 2>&1
wait $agent
`
}
