import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configuredEndpoints } from '../../../src/aws/endpoints.ts'
import { readSharedConfig } from '../../../src/aws/shared-config.ts'

const CONFIG = `# mine
[default]
region = eu-west-1

[profile lab]
endpoint_url = http://localhost:4566 ; all of it

[profile "mixed one"]
services = local
endpoint_url=http://all:1

[services local]
s3 =
  endpoint_url = http://s3:2
  addressing_style = path
ec2 =
\tendpoint_url = http://ec2:3
fsx =
`
const CREDENTIALS = '[old]\nendpoint_url = http://old:9\naws_access_key_id = x\n'

let folder = ''
let env: NodeJS.ProcessEnv = {}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-aws-config-'))
  env = { AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials') }
  await Promise.all([writeFile(join(folder, 'config'), CONFIG), writeFile(join(folder, 'credentials'), CREDENTIALS)])
})
afterAll(() => rm(folder, { recursive: true }))

describe('configured endpoints', () => {
  it('are AWS itself where nothing names another', async () => {
    const none = {
      EC2: null,
      SSM: null,
      FSX: null,
      S3: null,
      STS: null,
      PRICING: null,
      SERVICE_QUOTAS: null,
      IAM: null,
    }
    expect(await configuredEndpoints(null, env)).toEqual(none)
    expect(await configuredEndpoints('no-such-profile', env)).toEqual(none)
    expect(await configuredEndpoints('lab', { HOME: join(folder, 'nowhere') })).toEqual(none)
  })

  it('come from the profile that is asked for, also where AWS_PROFILE names another', async () => {
    expect(await configuredEndpoints('lab', { ...env, AWS_PROFILE: 'mixed one' })).toMatchObject({
      EC2: 'http://localhost:4566',
      S3: 'http://localhost:4566',
    })
    expect(await configuredEndpoints(null, { ...env, AWS_PROFILE: 'old' })).toMatchObject({ SSM: 'http://old:9' })
  })

  it("prefer the profile's services section to its endpoint for all", async () => {
    expect(await configuredEndpoints('mixed one', env)).toEqual({
      EC2: 'http://ec2:3',
      SSM: 'http://all:1',
      FSX: 'http://all:1',
      S3: 'http://s3:2',
      STS: 'http://all:1',
      PRICING: 'http://all:1',
      SERVICE_QUOTAS: 'http://all:1',
      IAM: 'http://all:1',
    })
  })

  it("prefer the environment to the profile, and a service's own variable to the one for all", async () => {
    const set = {
      ...env,
      AWS_ENDPOINT_URL: 'http://env:1',
      AWS_ENDPOINT_URL_STS: 'http://sts:2',
      AWS_ENDPOINT_URL_S3: '',
    }
    expect(await configuredEndpoints('mixed one', set)).toMatchObject({
      EC2: 'http://env:1',
      S3: 'http://env:1',
      STS: 'http://sts:2',
    })
  })
})

it.each(['bogus', 'ftp://x', 'localhost:4566'])('refuses %s, which is no address', async (address) => {
  await expect(configuredEndpoints(null, { AWS_ENDPOINT_URL: address })).rejects.toMatchObject({
    code: 'ConfigInvalid',
    message: expect.stringContaining(`'${address}'`),
  })
})

it('passes over what is no configuration', () => {
  const sections = readSharedConfig('x = 1\n[a]\n= 2\nnonsense\n y = 3\n[]\n[a]\nz = 4#5\n')
  expect([...sections]).toEqual([
    [
      'a',
      new Map([
        ['y', '3'],
        ['z', '4#5'],
      ]),
    ],
  ])
})
