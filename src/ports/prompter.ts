/**
 * Questions. Where nobody can answer (no terminal) the answer is the given default, at once; so it is for a question that is
 * `withdrawn` because what it is about has passed.
 */
export interface Prompter {
  readonly interactive: boolean
  choose<T extends string>(
    question: string,
    choices: readonly { readonly value: T; readonly label: string }[],
    unattended: T,
    withdrawn?: AbortSignal,
  ): Promise<T>
}
