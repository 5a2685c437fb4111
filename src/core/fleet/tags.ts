/**
 * Tags by key. Which fleet, cohort and action something is of is added where it is made; these are what everything of a fleet
 * has besides.
 */
export type ResourceTags = Readonly<Record<string, string>>

/** Whose a resource is and how long it may live; keys that muster keeps for itself begin with `muster:`. */
export const OWNER_TAG = 'muster:owner'
export const LEASE_TAG = 'muster:lease'
export const MAX_LIFE_TAG = 'muster:max-life'

/**
 * A resource has at most 50 tags (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html, "Tag restrictions"); the others are
 * muster's own, of which a node has nine today.
 */
export const MOST_USER_TAGS = 38

/** What every resource of a fleet is tagged with besides fleet, cohort and action. `lease` and `maxLife` are in seconds; null has none. */
export function resourceTags(of: {
  readonly arn: string
  readonly lease: number | null
  readonly maxLife: number | null
  readonly user: ResourceTags
}): ResourceTags {
  const lease = of.lease === null ? {} : { [LEASE_TAG]: String(of.lease) }
  const maxLife = of.maxLife === null ? {} : { [MAX_LIFE_TAG]: String(of.maxLife) }
  return { ...of.user, [OWNER_TAG]: ownerOf(of.arn), ...lease, ...maxLife }
}

/**
 * The readable end of a caller's ARN: `alice` of a user, `role/session` of an assumed role (its session names the person),
 * `root` of the account itself (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html). Without what a tag may not hold.
 */
export function ownerOf(arn: string): string {
  const resource = arn.split(':').slice(5).join(':')
  const [kind = '', ...rest] = resource.split('/')
  // A user's path is not part of the name.
  const name = kind === 'assumed-role' ? rest.join('/') : (rest.at(-1) ?? kind)
  const plain = (name === '' ? 'unknown' : name).replaceAll(/[^\p{L}\p{Z}\p{N}_.:/=+@-]/gu, '_')
  return plain.slice(0, 256)
}

/** Why a user may not have a tag of that key, as the end of "it ..."; null where it is allowed. */
export function tagKeyProblem(key: string): string | null {
  if (/^aws:/i.test(key)) return 'may not begin with aws: (reserved by AWS)'
  if (/^muster:/i.test(key)) return 'may not begin with muster: (that is how muster finds what it made)'
  // Tags in instance metadata allow these alone, and no space or slash: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html
  if (!/^[A-Za-z0-9+=._:@-]{1,128}$/.test(key)) return 'must be 1 to 128 letters, digits and + - = . _ : @'
  return /^(?:\.|\.\.|_index)$/.test(key) ? 'may not be ., .. or _index (instance metadata refuses them)' : null
}

/** Letters, digits, spaces and `_ . : / = + - @` (FSx API reference, Tag), which EC2 takes as well. */
export function tagValueProblem(value: string): string | null {
  return /^[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/u.test(value)
    ? null
    : 'must be at most 256 letters, digits, spaces and _ . : / = + - @'
}
