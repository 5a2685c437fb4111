import { members } from '../json/shape.ts'
import { PAGING, PATH_PREFIX, ROLE_NAME } from './input.ts'
import { operation } from './operation.ts'
import { markedPage } from './page.ts'
import { renderRole } from './render.ts'
import { roleNamed } from './state/iam-state.ts'

/** GetRole and ListRoles. */
export const getRole = operation('GetRole', members({ RoleName: ROLE_NAME }, {}), (input, iam) => ({
  Role: renderRole(roleNamed(iam, input.RoleName)),
}))

export const listRoles = operation('ListRoles', members({}, { PathPrefix: PATH_PREFIX, ...PAGING }), (input, iam) => {
  const roles = [...iam.roles.values()].filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'))
  const { items, end } = markedPage(roles, ({ name }) => name, input)
  return { Roles: items.map((role) => renderRole(role, 'listed')), ...end }
})
