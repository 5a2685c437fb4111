import type { Operation } from '../../service.ts'
import { flag, members, text } from '../json/shape.ts'
import { read } from './input.ts'
import { lookUp } from './render-parameter.ts'
import type { SsmState } from './state/ssm-state.ts'

/** GetParameter: AWS's public AMI parameters and the user's own. */
export function getParameter({ parameters }: SsmState): Operation {
  return {
    name: 'GetParameter',
    handle: (raw, { region }) => ({ Parameter: lookUp(parameters, region, read(SHAPE, raw).Name) }),
  }
}

const SHAPE = members({ Name: text({ max: 2048, min: 1 }) }, { WithDecryption: flag() })
