import { string } from '@oclif/core/args'
import { MusterCommand } from '../../cli/command.ts'
import { MusterError } from '../../core/errors/muster-error.ts'

/** The JSON Schema that editors complete and check YAML with, of this very build. */
export default class ConfigSchema extends MusterCommand<Record<string, unknown>> {
  static override summary = 'Print the JSON Schema of muster.yaml, or of job files'
  static override args = {
    file: string({ description: 'muster (the default), job, or batch: a file of several jobs', default: 'muster' }),
  }
  static override examples = [
    'For an editor\n<%= config.bin %> config schema > muster.schema.json',
    'Of job files\n<%= config.bin %> config schema job',
  ]

  async run(): Promise<Record<string, unknown>> {
    const { args } = await this.parse(ConfigSchema)
    const { file } = args
    if (file !== 'muster' && file !== 'job' && file !== 'batch') {
      const text = `no file is called ${JSON.stringify(file)}; it must be muster, job or batch`
      throw new MusterError('UsageInvalid', text, {
        suggestions: ['muster config schema', 'muster config schema job'],
      })
    }
    const { jsonSchema } = await import('../../config/json-schema.ts')
    const schema = jsonSchema(file)
    if (!this.jsonEnabled()) process.stdout.write(`${JSON.stringify(schema, null, 2)}\n`)
    return schema
  }
}
