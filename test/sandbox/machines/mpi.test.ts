import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bestKind, testFleet } from './fleet.ts'
import type { TestFleet, TestNode } from './fleet.ts'

/** Where a node keeps its ordinary user's home: process nodes have only the user who runs the sandbox. */
const home = bestKind === 'namespace' ? '/home/hpc' : '"$MUSTER_NODE_ROOT/home/muster"'
const asUser = bestKind === 'namespace' ? 'su hpc -c' : 'sh -c'
const sshOptions = `-o BatchMode=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile=${home}/.ssh/known_hosts -i ${home}/.ssh/id_ed25519`

describe(`two ${bestKind} nodes that trust each other`, () => {
  let fleet: TestFleet
  let nodes: TestNode[]
  beforeAll(async () => {
    fleet = await testFleet(bestKind)
    nodes = await fleet.online(2)
    await trust(nodes)
  })
  afterAll(() => fleet.end())

  it('reach each other by ssh as an ordinary user, host keys checked', async () => {
    const [first, second] = nodes as [TestNode, TestNode]
    const there = await first.sh(
      `${asUser} 'exec ssh ${sshOptions} ${second.address} "echo \\$SSH_CONNECTION; hostname"' </dev/null`,
    )
    if (bestKind === 'namespace') {
      expect(there).toBe(`${there.split('\n')[0]}\nip-172-31-7-11.ec2.internal`)
      expect(there).toContain(`${first.address} `)
    } else expect(there).toContain(' 127.31.7.11 ')
  })

  it('refuse whom they do not know', async () => {
    const [first, second] = nodes as [TestNode, TestNode]
    const options = sshOptions.replace('known_hosts', 'nobody')
    const result = await first.run(`${asUser} 'exec ssh ${options} ${second.address} true'`)
    expect(result.exitCode).toBe(255)
    expect(result.stderr).toContain('Host key verification failed')
  })

  it('run an MPI program across them', async () => {
    const [first, second] = nodes as [TestNode, TestNode]
    await first.sh(`mkdir -p ${shared} && mount -t lustre -o noatime,flock fs-1.fsx@tcp:/abc ${shared}`)
    await second.sh(`mkdir -p ${shared} && mount -t lustre -o noatime,flock fs-1.fsx@tcp:/abc ${shared}`)
    await first.sh(`cat >${shared}/sum.c <<'END'
#include <mpi.h>
#include <stdio.h>
int main(int argc, char **argv) {
  int rank, sum, length;
  char name[MPI_MAX_PROCESSOR_NAME];
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Get_processor_name(name, &length);
  MPI_Allreduce(&rank, &sum, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
  printf("%d %d %s\\n", rank, sum, name);
  MPI_Finalize();
}
END
mpicc -o ${shared}/sum ${shared}/sum.c && chmod 755 ${shared} ${shared}/sum`)
    const hosts =
      bestKind === 'namespace' ? `--host ${first.address}:2,${second.address}:2` : '--oversubscribe --allow-run-as-root'
    const agent = `--mca plm_rsh_agent "ssh ${sshOptions}"`
    const output = await first.sh(`cd /; ${asUser} 'exec mpirun ${agent} -np 4 ${hosts} ${shared}/sum' </dev/null`)
    const ranks = output.split('\n').toSorted()
    expect(ranks.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(['0 6', '1 6', '2 6', '3 6'])
    const names = new Set(ranks.map((line) => line.split(' ')[2]))
    expect(names.size).toBe(bestKind === 'namespace' ? 2 : 1)
  })
})

const shared = bestKind === 'namespace' ? '/fsx' : '"$MUSTER_NODE_ROOT/fsx"'

/** Every node's host key is known to all, and the first node's user may log in everywhere; no private key travels. */
async function trust(nodes: readonly TestNode[]): Promise<void> {
  const own = bestKind === 'namespace' ? 'useradd -m -s /bin/sh hpc' : ':'
  const known = await Promise.all(
    nodes.map(async (node) => {
      await node.sh(`${own}; mkdir -p ${home}/.ssh`)
      const key = await node.sh('cut -d" " -f1,2 "${MUSTER_NODE_ROOT:-}/etc/ssh/ssh_host_ed25519_key.pub"')
      return `${node.address} ${key}`
    }),
  )
  expect(new Set(known.map((line) => line.split(' ')[2])).size).toBe(nodes.length)
  const user = await nodes[0]?.sh(
    `ssh-keygen -q -t ed25519 -N '' -f ${home}/.ssh/id_ed25519; cat ${home}/.ssh/id_ed25519.pub`,
  )
  await Promise.all(
    nodes.map((node) =>
      node.sh(`cd ${home}/.ssh && echo '${user}' >authorized_keys && echo '${known.join('\n')}' >known_hosts && touch nobody
chmod 700 . && chown -R hpc:hpc .`),
    ),
  )
}
