import { AwsError } from '../../aws-error.ts'
import type { Operation } from '../../service.ts'
import { flag, members, oneOf, text } from '../json/shape.ts'
import { read } from './input.ts'
import type { SsmState } from './state/ssm-state.ts'

/** PutParameter: String and StringList. SecureString is refused: the sandbox has no KMS, and would keep it in clear. */
export function putParameter({ parameters }: SsmState): Operation {
  return {
    name: 'PutParameter',
    handle(raw, { region }) {
      const { Name: name, Value: value, Type: type, Overwrite: overwrite, DataType: dataType } = read(SHAPE, raw)
      if (/^\/?(aws|ssm)(\b|_)/i.test(name)) {
        throw new AwsError(
          'ValidationException',
          'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).',
        )
      }
      const before = parameters.find(region, name)
      if (before && overwrite !== true) {
        throw new AwsError(
          'ParameterAlreadyExists',
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        )
      }
      if (type === 'SecureString') {
        throw new AwsError('UnsupportedParameterType', 'The sandbox keeps no secrets: use String or StringList.')
      }
      const kind = type ?? before?.type
      if (!kind) throw new AwsError('ValidationException', 'A parameter type is required when you create a parameter.')
      const kept = parameters.put(region, { name, value, type: kind, dataType: dataType ?? 'text' })
      return { Version: kept.version, Tier: 'Standard' }
    },
  }
}

const SHAPE = members(
  { Name: text({ max: 2048, min: 1 }), Value: text({ min: 1, max: 4096 }) },
  { Type: oneOf('String', 'StringList', 'SecureString'), Overwrite: flag(), DataType: text({ max: 128 }) },
)
