import type { Operation } from '../../../service.ts'
import { integer, members } from '../../json/shape.ts'
import { TOKEN, badRequest, read } from '../input.ts'
import type { Links } from './links.ts'
import { refusePolicies } from './policies.ts'
import { renderAssociation } from './render.ts'
import { ASSOCIATION_ID, S3_POLICIES } from './shapes.ts'

/** UpdateDataRepositoryAssociation: of an AVAILABLE one the chunk size. */
export function updateDataRepositoryAssociation(links: Links): Operation {
  return {
    name: 'UpdateDataRepositoryAssociation',
    handle(raw, { region }) {
      const input = read(SHAPE, raw)
      const association = links.association(region, input.AssociationId)
      refusePolicies(input.S3)
      if (association.lifecycle !== 'AVAILABLE') {
        throw badRequest(`The data repository association is ${association.lifecycle}; it must be AVAILABLE.`)
      }
      association.chunkMiB = input.ImportedFileChunkSize ?? association.chunkMiB
      links.updateAssociation(association)
      return { Association: renderAssociation(association, links.fileSystems.world) }
    },
  }
}

const SHAPE = members(
  { AssociationId: ASSOCIATION_ID },
  { ClientRequestToken: TOKEN, ImportedFileChunkSize: integer({ most: 512_000, least: 1 }), S3: S3_POLICIES },
)
