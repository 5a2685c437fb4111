import { AwsError } from '../../aws-error.ts'
import type { Operation } from '../../service.ts'
import { pageOf } from '../json/page.ts'
import { flag, integer, listOf, members, text } from '../json/shape.ts'
import { invalidNextToken, read } from './input.ts'
import { renderParameter } from './render-parameter.ts'
import type { SsmState } from './state/ssm-state.ts'

/** GetParametersByPath: one level below the path, or with Recursive all; its filters are not implemented. */
export function getParametersByPath({ parameters }: SsmState): Operation {
  return {
    name: 'GetParametersByPath',
    handle(raw, { region }) {
      const input = read(SHAPE, raw)
      if ((input.ParameterFilters ?? []).length > 0) {
        throw new AwsError(
          'InvalidFilterKey',
          'The sandbox does not implement ParameterFilters of GetParametersByPath.',
        )
      }
      if (!input.Path.startsWith('/')) {
        throw new AwsError('ValidationException', 'The parameter path must begin with a forward slash "/".')
      }
      const folder = input.Path.endsWith('/') ? input.Path : `${input.Path}/`
      const found = parameters.list(region).filter(({ name }) => {
        const rest = name.startsWith(folder) ? name.slice(folder.length) : ''
        return rest !== '' && (input.Recursive === true || !rest.includes('/'))
      })
      const page = pageOf(found, ({ name }) => name, input.MaxResults ?? 10, input.NextToken, invalidNextToken)
      return { Parameters: page.items.map((each) => renderParameter(each)), NextToken: page.nextToken }
    },
  }
}

const SHAPE = members(
  { Path: text({ max: 2048, min: 1 }) },
  {
    Recursive: flag(),
    WithDecryption: flag(),
    ParameterFilters: listOf(members({}, {})),
    MaxResults: integer({ most: 10, least: 1 }),
    NextToken: text(),
  },
)
