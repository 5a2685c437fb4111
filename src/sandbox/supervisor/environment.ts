import { files } from './files.ts'
import { probe } from './probe.ts'
import { SandboxError } from './sandbox-error.ts'
import { readUserKey } from './user-key.ts'

/**
 * The variables that point any AWS client at the running sandbox. The caller quotes them for its shell. Throws SandboxError where
 * none runs.
 */
export async function sandboxEnvironment(
  home: string,
  region = 'us-east-1',
): Promise<Readonly<Record<string, string>>> {
  const healthy = await probe(home)
  const user = readUserKey(home)
  if (healthy === undefined || user === undefined)
    throw new SandboxError(`no sandbox runs in ${home}; start one with: muster sandbox start`, files.log(home))
  return {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${healthy.port}`,
    AWS_ACCESS_KEY_ID: user.accessKeyId,
    AWS_SECRET_ACCESS_KEY: user.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
  }
}
