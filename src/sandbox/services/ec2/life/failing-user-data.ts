/** User data that ends at once with an exit code and says so: what the scripted fault gives a node instead of its own. */
export function failingUserData(exitCode: number): Uint8Array {
  return new TextEncoder().encode(`#!/bin/sh
echo 'muster sandbox: this user data was made to fail'
exit ${exitCode}
`)
}
