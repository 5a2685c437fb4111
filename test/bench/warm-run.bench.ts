import type { Row } from './row.ts'
import { rehearse, succeeded } from '../rehearsal/rehearse.ts'

const ROUNDS = 5
const SHAPE = ['--nodes', '4', '--tasks-per-node', '2', '--keep']

/** Times bare mpirun over ssh on the lead of the same nodes, as the same user, with the same hostfile; rank 0 does it. */
const BARE = `
[ "$OMPI_COMM_WORLD_RANK" = 0 ] || exit 0
unset $(env | sed -n 's/^\\(OMPI_[^=]*\\|OPAL_[^=]*\\|PMIX_[^=]*\\|PRTE_[^=]*\\)=.*/\\1/p')
for round in 1 2 3 4 5; do
  begin=$(date +%s%N)
  mpirun -np 8 --hostfile "$MUSTER_HOSTFILE" --map-by ppr:2:node --oversubscribe --bind-to none true || exit 1
  echo "bare $(( ($(date +%s%N) - begin) / 1000000 ))"
done
`

/** What muster adds to a job on a fleet that is up: \`muster run -- true\` against bare mpirun, medians of five. */
export async function measure(): Promise<readonly Row[]> {
  const rehearsal = rehearse()
  try {
    succeeded(await rehearsal.run('run', ...SHAPE, '--', 'true'))
    const warm: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      warm.push(succeeded(await rehearsal.run('run', ...SHAPE, '--', 'true')).ms)
    }
    const said = succeeded(
      await rehearsal.run('run', '--nodes', '4', '--tasks-per-node', '1', '--keep', '--', 'sh', '-c', BARE),
    )
    const bare = [...said.stdout.matchAll(/^bare (\d+)$/gm)].map((match) => Number(match[1]))
    if (bare.length !== ROUNDS) throw new Error(`bare mpirun gave ${bare.length} times: ${said.stderr.slice(-500)}`)
    const [ours, theirs] = [median(warm), median(bare)]
    return [
      { what: 'bare mpirun -np 8 true on 4 nodes', value: `${(theirs / 1000).toFixed(2)} s` },
      { what: 'warm muster run -- true', value: `${(ours / 1000).toFixed(2)} s, ${(ours / theirs).toFixed(1)} x` },
    ]
  } finally {
    await rehearsal.close()
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
