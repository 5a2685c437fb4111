import { spawn } from 'node:child_process'
import { appendFile, mkdir, open, writeFile } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCodeOf } from './run-script.ts'
import { userDataParts } from './user-data-parts.ts'

const tailBytes = 4096

/**
 * Runs the instance's user data as root, script after script, all output in /var/log/cloud-init-output.log.
 * The exit code is the first that is not 0: a failing script does not keep the next from running, as with cloud-init.
 */
export async function runUserData(
  data: Buffer,
  root: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly exitCode: number; readonly tail: string }> {
  const log = join(root, '/var/log/cloud-init-output.log')
  const scripts = join(root, '/var/lib/cloud/instance/scripts')
  await mkdir(join(root, '/var/log'), { recursive: true })
  await mkdir(scripts, { recursive: true, mode: 0o700 })
  let exitCode = 0
  let number = 0
  for (const part of partsOrRefusal(data)) {
    number += 1
    if (part.kind === 'ignored') {
      await appendFile(log, `user data: left out ${part.what}\n`)
      continue
    }
    const file = join(scripts, `part-${String(number).padStart(3, '0')}`)
    await writeFile(file, part.bytes, { mode: 0o700 })
    const code = await runLogged(file, log, root, env)
    if (code !== 0) await appendFile(log, `user data: ${file} exited with ${code}\n`)
    exitCode ||= code
  }
  return { exitCode, tail: await tailOf(log) }
}

function partsOrRefusal(data: Buffer): ReturnType<typeof userDataParts> {
  try {
    return userDataParts(data)
  } catch (error) {
    return [
      { kind: 'ignored', what: `something unreadable: ${error instanceof Error ? error.message : String(error)}` },
    ]
  }
}

async function runLogged(
  file: string,
  log: string,
  root: string,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const output = await open(log, 'a')
  try {
    return await new Promise((resolve) => {
      const child = spawn('/bin/sh', ['-c', file], {
        cwd: root === '' ? '/' : root,
        env,
        detached: true,
        stdio: ['ignore', output.fd, output.fd],
      })
      child.once('error', () => resolve(126))
      child.once('exit', (code, signal) => resolve(exitCodeOf(code, signal)))
    })
  } finally {
    await output.close()
  }
}

async function tailOf(log: string): Promise<string> {
  let file: FileHandle | undefined
  try {
    file = await open(log, 'r')
    const { size } = await file.stat()
    const length = Math.min(size, tailBytes)
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.toString('utf8')
  } catch {
    return ''
  } finally {
    await file?.close()
  }
}
