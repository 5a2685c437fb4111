import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realKinds, testFleet } from './fleet.ts'
import type { TestFleet, TestNode } from './fleet.ts'

const curl = 'curl -sS -o /dev/null -w "%{http_code}"'
const url = '${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}/latest'
const token = `$(curl -sS -f -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' ${url}/api/token)`

describe.each(realKinds)('the metadata service of a %s node', (kind) => {
  let fleet: TestFleet
  let node: TestNode
  let fresh = 'first'
  beforeAll(async () => {
    fleet = await testFleet(kind)
    const values: Record<string, () => string> = {
      'meta-data/instance-id': () => 'i-00000000000000000',
      'meta-data/': () => 'iam/\ninstance-id',
      'meta-data/fresh': () => fresh,
    }
    node = await fleet.one({
      metadata: (path) => values[path]?.(),
      userData: Buffer.from([0x23, 0x21, 0xff, 0x0a]),
    })
  })
  afterAll(() => fleet.end())

  const ask = (header: string) => node.sh(`${curl} -X PUT ${header} ${url}/api/token`)
  const get = (path: string) => node.sh(`curl -sS -f -H "X-aws-ec2-metadata-token: ${token}" ${url}/${path}`)

  it('answers with a token', async () => {
    expect(await get('meta-data/instance-id')).toBe('i-00000000000000000')
  })

  it('lists with and without a slash at the end', async () => {
    expect(await get('meta-data/')).toBe('iam/\ninstance-id')
    expect(await get('meta-data')).toBe('iam/\ninstance-id')
    expect(await get('')).toBe('dynamic\nmeta-data\nuser-data')
  })

  it('answers with what is true now', async () => {
    expect(await get('meta-data/fresh')).toBe('first')
    fresh = 'second'
    expect(await get('meta-data/fresh')).toBe('second')
  })

  it('hands out the user data byte by byte', async () => {
    const bytes = await node.sh(`curl -sS -f -H "X-aws-ec2-metadata-token: ${token}" ${url}/user-data | od -An -tx1`)
    expect(bytes).toBe('23 21 ff 0a')
  })

  it('refuses without a token or with another one: 401', async () => {
    expect(await node.sh(`${curl} ${url}/meta-data/instance-id`)).toBe('401')
    expect(await node.sh(`${curl} -H 'X-aws-ec2-metadata-token: AQAA' ${url}/meta-data/instance-id`)).toBe('401')
  })

  it('has no token for a lifetime that is none, nor through a proxy', async () => {
    expect(await ask('')).toBe('400')
    expect(await ask("-H 'X-aws-ec2-metadata-token-ttl-seconds: 0'")).toBe('400')
    expect(await ask("-H 'X-aws-ec2-metadata-token-ttl-seconds: 21601'")).toBe('400')
    expect(await ask("-H 'X-aws-ec2-metadata-token-ttl-seconds: 21600'")).toBe('200')
    const proxied = "-H 'X-aws-ec2-metadata-token-ttl-seconds: 60' -H 'X-Forwarded-For: 10.0.0.1'"
    expect(await ask(proxied)).toBe('403')
  })

  it('says 404 for what is not there, and knows HEAD', async () => {
    expect(await node.sh(`${curl} -H "X-aws-ec2-metadata-token: ${token}" ${url}/meta-data/nothing`)).toBe('404')
    expect(await node.sh(`${curl} -I -H "X-aws-ec2-metadata-token: ${token}" ${url}/meta-data/instance-id`)).toBe('200')
  })
})
