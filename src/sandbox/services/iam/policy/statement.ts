/** One statement, its lists made even. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny'
  readonly actions: Words
  readonly resources: Words
  /** Operator, then context key, then the values of which one has to fit. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

/** `Action` and `NotAction`, `Resource` and `NotResource`. */
export interface Words {
  readonly not: boolean
  readonly patterns: readonly string[]
}
