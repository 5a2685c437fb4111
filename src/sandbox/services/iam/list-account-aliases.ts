import { members } from '../json/shape.ts'
import { PAGING } from './input.ts'
import { operation } from './operation.ts'
import { markedPage } from './page.ts'

/** The sandbox's account has none. */
export const listAccountAliases = operation('ListAccountAliases', members({}, PAGING), (input) => {
  const { items, end } = markedPage<string>([], (alias) => alias, input)
  return { AccountAliases: items, ...end }
})
