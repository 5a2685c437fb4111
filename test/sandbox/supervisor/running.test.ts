import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  addSandboxFault,
  clearSandboxFaults,
  listSandboxFaults,
  SandboxError,
  sandboxEnvironment,
  type StartedSandbox,
} from '../../../src/sandbox/supervisor/supervisor.ts'
import { newHome, removeHomes, start } from './homes.ts'

let home: string
let sandbox: StartedSandbox
beforeAll(async () => {
  home = await newHome()
  sandbox = await start(home)
})
afterAll(removeHomes)

it('keeps its secrets to its owner', () => {
  const { credentials } = sandbox
  expect(credentials.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/)
  expect(credentials.secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/)
  expect(statSync(home).mode & 0o777).toBe(0o700)
  for (const name of ['credentials.json', 'sandbox.log', 'state.json'])
    expect(statSync(join(home, name)).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(home, 'sandbox.log'), 'utf8')).not.toContain(credentials.secretAccessKey)
})

it('tells the variables for any AWS client, while it runs', async () => {
  await expect(sandboxEnvironment(await newHome())).rejects.toThrow(SandboxError)
  const { port, credentials } = sandbox
  expect(await sandboxEnvironment(home, 'eu-west-1')).toEqual({
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  })
})

it('takes faults, and forgets them', async () => {
  await addSandboxFault(home, { kind: 'mute-agent', count: 2 })
  expect(await listSandboxFaults(home)).toEqual([{ kind: 'mute-agent', count: 2 }])
  await expect(addSandboxFault(home, { kind: 'mute-agent', count: 0 })).rejects.toThrow(/count of a mute-agent must be/)
  await clearSandboxFaults(home)
  expect(await listSandboxFaults(home)).toEqual([])
})
