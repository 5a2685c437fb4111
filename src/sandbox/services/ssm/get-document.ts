import type { Operation } from '../../service.ts'
import { members, oneOf, text } from '../json/shape.ts'
import { DOCUMENT, RUN_SHELL_SCRIPT, documentVersionOf } from './documents.ts'
import { read } from './input.ts'

/** GetDocument: AWS-RunShellScript, in JSON. */
export function getDocument(): Operation {
  return {
    name: 'GetDocument',
    handle(raw, { region }) {
      const { Name, DocumentVersion } = read(SHAPE, raw)
      documentVersionOf(Name, DocumentVersion, region)
      return {
        Name: RUN_SHELL_SCRIPT,
        DocumentVersion: '1',
        Status: 'Active',
        Content: JSON.stringify(DOCUMENT, null, 2),
        DocumentType: 'Command',
        DocumentFormat: 'JSON',
      }
    },
  }
}

const SHAPE = members({ Name: text() }, { DocumentVersion: text(), DocumentFormat: oneOf('YAML', 'JSON', 'TEXT') })
