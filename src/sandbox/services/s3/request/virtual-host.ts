/** The bucket that a Host header names before the endpoint's own name; undefined where the address is path-style. */
export function bucketOfHost(host: string): string | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase()
  const local = /^(.+?)(?:\.s3(?:[.-][a-z0-9-]+)?)?\.localhost$/.exec(name)
  if (local?.[1] !== undefined && !/^s3([.-]|$)/.test(local[1])) return local[1]
  return /^(.+)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/.exec(name)?.[1]
}
