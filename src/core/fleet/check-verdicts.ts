/** How the check of a node went: its script's end, and the first line of what it said. */
export interface CheckResult {
  readonly node: string
  readonly end: 'passed' | 'failed' | 'unreached'
  readonly exitCode: number
  readonly words: string
}

/** Whom a check was about, and who took part in it besides. */
export interface CheckRound {
  readonly suspects: readonly string[]
  /** From which ssh to the others was tried. */
  readonly lead: string
  readonly addressOf: (node: string) => string | null
}

export type CheckVerdict =
  | { readonly kind: 'well' }
  | { readonly kind: 'bad'; readonly why: string }
  /** It failed, and so did nodes that nobody suspects, or it could not be asked: that is not its own fault. */
  | { readonly kind: 'unclear'; readonly why: string }

/** Exit code of verify.sh where the lead could not reach a node. */
const SSH_FAILED = 42

/**
 * What the results say of each suspect. What fails on others just so is the storage's or the network's fault, not the node's; an ssh that fails
 * is the fault of the node that could not be reached, not of the lead that says so.
 */
export function checkVerdicts(results: readonly CheckResult[], round: CheckRound): Map<string, CheckVerdict> {
  const { suspects, lead } = round
  const blamed = results.map((result) => ({ result, node: blamedBy(result, results, round) }))
  const isSuspect = (node: string) => suspects.includes(node)
  const alike = (code: number) => {
    const same = blamed.filter(({ result }) => result.end === 'failed' && result.exitCode === code)
    const witnesses = results.filter(({ node }) => !isSuspect(node))
    return witnesses.length > 0
      ? same.some(({ node }) => !isSuspect(node))
      : same.length > 1 && same.length === results.length
  }
  return new Map(
    suspects.map((node): [string, CheckVerdict] => {
      const own = blamed.find((one) => one.node === node && one.result.end === 'failed')?.result
      if (own !== undefined) {
        const why = own.words
        return [
          node,
          alike(own.exitCode) ? { kind: 'unclear', why: `others fail as well: ${why}` } : { kind: 'bad', why },
        ]
      }
      const result = results.find((one) => one.node === node)
      const isUnreached = result === undefined || result.end === 'unreached'
      if (isUnreached) return [node, { kind: 'unclear', why: 'it did not take the check' }]
      // The lead stops at the first that it cannot reach: of the others it says nothing.
      const isOpen = results.some((one) => one.node === lead && one.end === 'failed' && one.exitCode === SSH_FAILED)
      return [node, isOpen ? { kind: 'unclear', why: 'the lead could not reach another node' } : { kind: 'well' }]
    }),
  )
}

/** Whose fault a result is, where it failed. */
function blamedBy({ node, exitCode, words }: CheckResult, all: readonly CheckResult[], round: CheckRound): string {
  if (exitCode !== SSH_FAILED) return node
  const address = sshTarget(words)
  return all.map((one) => one.node).find((one) => address !== null && round.addressOf(one) === address) ?? node
}

/** `ssh from the lead to 10.0.0.3 failed: ...` (verify.sh): the address; null where the words are others. */
export function sshTarget(words: string): string | null {
  return /ssh from the lead to (\S+) failed/.exec(words)?.[1] ?? null
}
