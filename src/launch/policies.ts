import { readFileSync } from 'node:fs'

/** IAM policies of `templates/policies`: what whoever runs muster may do, what `muster setup` needs besides, what nodes may do. */
export type PolicyName = 'user' | 'setup' | 'node'

interface Policy {
  readonly Statement: readonly { readonly Action: string | readonly string[] }[]
}

const textOf = (name: PolicyName) =>
  readFileSync(new URL(`../../templates/policies/${name}.json`, import.meta.url), 'utf8')

/** The document for an account: `ACCOUNT` stands for its number in the file. */
export function policyDocument(name: PolicyName, account: string): string {
  return JSON.stringify(JSON.parse(textOf(name).replaceAll('ACCOUNT', account)))
}

/** Every action that a policy names, sorted. */
export function policyActions(name: PolicyName): string[] {
  const { Statement: statements } = JSON.parse(textOf(name)) as Policy
  return [...new Set(statements.flatMap(({ Action: actions }) => actions))].toSorted()
}

/** As a user finds it. */
export const policyFile = (name: PolicyName) => `templates/policies/${name}.json`
