import { AwsError } from '../../aws-error.ts'
import { seconds } from './input.ts'
import type { Parameter, Parameters } from './state/parameters.ts'

/** A parameter by the name as it was asked for: a name, `name:version`, or its ARN. Throws ParameterNotFound. */
export function lookUp(parameters: Parameters, region: string, asked: string): object {
  const name = asked.startsWith('arn:') ? asked.slice(asked.indexOf(':parameter') + ':parameter'.length) : asked
  const [bare = '', selector] = name.split(':', 2)
  const found = parameters.find(region, bare) ?? parameters.find(region, bare.replace(/^\//, ''))
  if (!found) throw new AwsError('ParameterNotFound', '')
  if (selector !== undefined && selector !== String(found.version)) {
    throw new AwsError('ParameterVersionNotFound', `Systems Manager could not find version ${selector} of ${bare}.`)
  }
  return renderParameter(found, selector)
}

export function renderParameter(parameter: Parameter, selector?: string): object {
  return {
    Name: parameter.name,
    Type: parameter.type,
    Value: parameter.value,
    Version: parameter.version,
    ...(selector === undefined ? {} : { Selector: `:${selector}` }),
    LastModifiedDate: seconds(parameter.modifiedAt),
    ARN: parameter.arn,
    DataType: parameter.dataType,
  }
}
