import type { AccessPart, AccessRemoval } from '../core/account/action.ts'
import type { ObservedAccess } from '../core/account/observed.ts'

/** The role that nodes have, and what we ourselves may do. All throw MusterError, NotAllowed where a right is missing. */
export interface Access {
  /** `policy` is what the role is to allow, as a JSON document. */
  observe(policy: string): Promise<ObservedAccess>
  /** Makes what is missing, or finds it made, and notes the region on the role. */
  grant(part: AccessPart, wanted: { readonly policy: string; readonly action: string }): Promise<void>
  /** What is gone succeeds silently. */
  withdraw(part: AccessRemoval): Promise<void>
  /**
   * Those of the actions (`ec2:CreateFleet`) that we are not allowed as far as our own policies say. Where these may not be asked, those
   * that the cloud refuses to rehearse; null where it refuses none, which says little of the others.
   * Conditions on tags are taken as met.
   */
  denied(actions: readonly string[]): Promise<readonly string[] | null>
}
