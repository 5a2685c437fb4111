import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import { next, select } from './describe.ts'
import { filters } from './input/filters.ts'
import { flag, text } from './input/leaves.ts'
import { paging } from './input/pages.ts'
import { list } from './input/shape.ts'
import { templateOnWire } from './render/launch-template.ts'

const parameters = {
  ...paging({ least: 1, most: 200 }),
  Filter: filters,
  IncludeManagedResources: flag,
  LaunchTemplateId: list(text, 200),
  LaunchTemplateName: list(text, 200),
}

export const describeLaunchTemplates = operation({
  name: 'DescribeLaunchTemplates',
  input: parameters,
  handle(input, context) {
    const seen = [...context.region.launchTemplates.values()].filter((one) => one.createdAt <= context.horizon)
    const named = (input.LaunchTemplateName ?? []).map((name) => {
      const template = seen.find((candidate) => candidate.name === name)
      if (template === undefined) throw missing('InvalidLaunchTemplateName.NotFoundException')
      return template.id
    })
    for (const id of input.LaunchTemplateId ?? [])
      if (id.startsWith('lt-') && !seen.some((template) => template.id === id))
        throw missing('InvalidLaunchTemplateId.NotFound')
    const { items, nextToken } = select(
      {
        kind: 'launch-template',
        items: context.region.launchTemplates,
        ids: [...(input.LaunchTemplateId ?? []), ...named],
        filters: input.Filter,
        table: {
          'create-time': (template) => new Date(template.createdAt),
          'launch-template-name': (template) => template.name,
        },
        paging: input,
        usual: 200,
      },
      context,
    )
    return { launchTemplates: items.map((template) => templateOnWire(template, context)), ...next(nextToken) }
  },
})

const missing = (code: string): AwsError =>
  new AwsError(code, 'At least one of the launch templates specified in the request does not exist.')
