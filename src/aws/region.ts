/**
 * The region that the SDK itself would take: AWS_REGION, or the profile's in the AWS configuration files. Null where neither
 * says one. The SDK is asked because only it knows all the places of those files.
 */
export async function regionOfProfile(profile: string | null): Promise<string | null> {
  const { STSClient } = await import('@aws-sdk/client-sts')
  const client = new STSClient(profile === null ? {} : { profile })
  try {
    return await client.config.region()
  } catch {
    // The SDK throws where it finds none, and where the profile does not exist: the credentials will say so with more words.
    return null
  } finally {
    client.destroy()
  }
}
