import type { Prompter } from '../../src/ports/prompter.ts'

/**
 * A user with prepared answers. Interactive exactly when answers are given; a question beyond them throws, so that no test
 * passes on a question that it did not expect.
 */
export interface FakePrompter extends Prompter {
  readonly asked: readonly { readonly question: string; readonly values: readonly string[]; readonly answer: string }[]
}

export function fakePrompter(answers: readonly string[] | null = null): FakePrompter {
  const left = [...(answers ?? [])]
  const asked: { question: string; values: readonly string[]; answer: string }[] = []
  return {
    interactive: answers !== null,
    asked,
    async choose(question, choices, unattended) {
      const values = choices.map((choice) => choice.value)
      const wanted = answers === null ? unattended : left.shift()
      const answer = values.find((value) => value === wanted)
      if (answer === undefined) throw new Error(`unexpected question: ${question} [${values.join(', ')}] (${wanted})`)
      asked.push({ question, values, answer })
      return answer
    },
  }
}
