import { createHash } from 'node:crypto'
import type { Operation } from '../../service.ts'
import { members, text } from '../json/shape.ts'
import { DOCUMENT, RUN_SHELL_SCRIPT, documentVersionOf } from './documents.ts'
import { read } from './input.ts'

/** DescribeDocument: AWS-RunShellScript. */
export function describeDocument(): Operation {
  return {
    name: 'DescribeDocument',
    handle(raw, { region }) {
      const { Name, DocumentVersion } = read(SHAPE, raw)
      documentVersionOf(Name, DocumentVersion, region)
      return { Document: DESCRIPTION }
    },
  }
}

const SHAPE = members({ Name: text() }, { DocumentVersion: text() })

const DESCRIPTION = {
  Hash: createHash('sha256')
    .update(JSON.stringify(DOCUMENT, null, 2))
    .digest('hex'),
  HashType: 'Sha256',
  Name: RUN_SHELL_SCRIPT,
  Owner: 'Amazon',
  Status: 'Active',
  DocumentVersion: '1',
  Description: DOCUMENT.description,
  Parameters: Object.entries(DOCUMENT.parameters).map(([name, parameter]) => ({
    Name: name,
    Type: parameter.type,
    Description: parameter.description,
    ...('default' in parameter ? { DefaultValue: parameter.default } : {}),
  })),
  PlatformTypes: ['Linux', 'MacOS'],
  DocumentType: 'Command',
  SchemaVersion: DOCUMENT.schemaVersion,
  LatestVersion: '1',
  DefaultVersion: '1',
  DocumentFormat: 'JSON',
  Tags: [],
}
