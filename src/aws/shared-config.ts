/** Settings of one section by name; `ec2.endpoint_url` for `endpoint_url` indented below `ec2 =`. */
export type Section = ReadonlyMap<string, string>

/**
 * Reads an AWS configuration file (https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html): sections by their whole name
 * (`profile lab`, `default`, `services local`). Lines that it does not understand are passed over, as the SDKs do.
 */
export function readSharedConfig(text: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, Map<string, string>>()
  let section: Map<string, string> | null = null
  let parent = ''
  for (const line of text.split(/\r?\n/)) {
    const bare = line.replace(/(^|\s)[#;].*$/, '').trimEnd()
    const title = /^\[\s*(.+?)\s*\]$/.exec(bare)?.[1]
    if (title !== undefined) {
      const name = title.replaceAll(/\s+/g, ' ').replaceAll(/['"]/g, '')
      section = sections.get(name) ?? new Map<string, string>()
      sections.set(name, section)
      parent = ''
      continue
    }
    const [, indent = '', key, value = ''] = /^(\s*)([^=\s]+)\s*=\s*(.*)$/.exec(bare) ?? []
    if (key === undefined || section === null) continue
    if (indent === '') parent = value === '' ? key : ''
    const name = indent !== '' && parent !== '' ? `${parent}.${key}` : key
    if (value !== '') section.set(name, value)
  }
  return sections
}
