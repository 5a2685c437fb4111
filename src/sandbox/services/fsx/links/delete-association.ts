import type { Operation } from '../../../service.ts'
import { flag, members } from '../../json/shape.ts'
import { TOKEN, badRequest, read } from '../input.ts'
import type { Links } from './links.ts'
import { ASSOCIATION_ID } from './shapes.ts'

/** DeleteDataRepositoryAssociation: the files and the objects stay where they are. */
export function deleteDataRepositoryAssociation(links: Links): Operation {
  return {
    name: 'DeleteDataRepositoryAssociation',
    handle(raw, { region }) {
      const input = read(SHAPE, raw)
      const association = links.association(region, input.AssociationId)
      if (input.DeleteDataInFileSystem === true) {
        throw badRequest('The sandbox does not delete data together with an association.')
      }
      links.deleteAssociation(association)
      return { AssociationId: association.id, Lifecycle: 'DELETING', DeleteDataInFileSystem: false }
    },
  }
}

const SHAPE = members({ AssociationId: ASSOCIATION_ID }, { ClientRequestToken: TOKEN, DeleteDataInFileSystem: flag() })
