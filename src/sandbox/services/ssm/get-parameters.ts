import { AwsError } from '../../aws-error.ts'
import type { Operation } from '../../service.ts'
import { flag, listOf, members, text } from '../json/shape.ts'
import { read } from './input.ts'
import { lookUp } from './render-parameter.ts'
import type { SsmState } from './state/ssm-state.ts'

/** GetParameters: what is not there is listed as invalid, not refused. */
export function getParameters({ parameters }: SsmState): Operation {
  return {
    name: 'GetParameters',
    handle(raw, { region }) {
      const found: object[] = []
      const invalid: string[] = []
      for (const name of read(SHAPE, raw).Names) {
        try {
          found.push(lookUp(parameters, region, name))
        } catch (error) {
          if (!(error instanceof AwsError)) throw error
          invalid.push(name)
        }
      }
      return { Parameters: found, InvalidParameters: invalid }
    },
  }
}

const SHAPE = members({ Names: listOf(text({ max: 2048, min: 1 }), { max: 10, min: 1 }) }, { WithDecryption: flag() })
