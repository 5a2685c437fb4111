/** Questions. Where nobody can answer (no terminal) the answer is the given default, at once. */
export interface Prompter {
  readonly interactive: boolean
  choose<T extends string>(
    question: string,
    choices: readonly { readonly value: T; readonly label: string }[],
    unattended: T,
  ): Promise<T>
}
