import { AwsError } from '../../aws-error.ts'
import type { Operation } from '../../service.ts'
import { members, text } from '../json/shape.ts'
import { read } from './input.ts'
import type { SsmState } from './state/ssm-state.ts'

/** DeleteParameter: of the user's own; AWS's public ones cannot be found here. */
export function deleteParameter({ parameters }: SsmState): Operation {
  return {
    name: 'DeleteParameter',
    handle(raw, { region }) {
      if (!parameters.remove(region, read(SHAPE, raw).Name)) throw new AwsError('ParameterNotFound', '')
      return {}
    },
  }
}

const SHAPE = members({ Name: text({ max: 2048, min: 1 }) }, {})
