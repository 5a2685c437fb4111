import { expect, it } from 'vitest'
import { ownerOf, resourceTags, tagKeyProblem, tagValueProblem } from '../../../../src/core/fleet/tags.ts'

it.each([
  ['arn:aws:iam::123456789012:user/alice', 'alice'],
  ['arn:aws:iam::123456789012:user/division/team/alice', 'alice'],
  ['arn:aws:sts::123456789012:assumed-role/Admin/alice@example.com', 'Admin/alice@example.com'],
  ['arn:aws:iam::123456789012:root', 'root'],
  ['arn:aws:sts::123456789012:federated-user/bob,jr', 'bob_jr'],
  ['', 'unknown'],
])('the owner of %s is %s', (arn, owner) => {
  expect(ownerOf(arn)).toBe(owner)
  expect(tagValueProblem(owner)).toBeNull()
})

it("a user's tag never takes the place of muster's own", () => {
  const user = { team: 'cfd', 'muster:owner': 'somebody else' }
  expect(resourceTags({ arn: 'arn:aws:iam::1:user/alice', lease: 7200, maxLife: 86_400, user })).toEqual({
    team: 'cfd',
    'muster:owner': 'alice',
    'muster:lease': '7200',
    'muster:max-life': '86400',
  })
  expect(resourceTags({ arn: 'arn:aws:iam::1:user/alice', lease: null, maxLife: null, user: {} })).toEqual({
    'muster:owner': 'alice',
  })
})

it.each(['aws:thing', 'AWS:thing', 'muster:fleet', 'a b', 'a/b', '', '.', '..', '_index', 'é', 'x'.repeat(129)])(
  'refuses the key %j',
  (key) => {
    expect(tagKeyProblem(key)).not.toBeNull()
  },
)

it('allows what AWS allows', () => {
  for (const key of ['team', 'cost-center', 'a.b:c=d_e@f+g', 'x'.repeat(128)]) expect(tagKeyProblem(key)).toBeNull()
  for (const value of ['', 'Größe 7', 'a/b:c', 'x'.repeat(256)]) expect(tagValueProblem(value)).toBeNull()
  for (const value of ['x'.repeat(257), 'a;b', 'a\nb', '"']) expect(tagValueProblem(value)).not.toBeNull()
})
