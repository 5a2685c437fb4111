/**
 * Connects standard input and output with the sshd of another process node: ssh's ProxyCommand. The addresses that EC2
 * shows lead nowhere there; a file named after each says where its node listens. Usage: connect.ts FOLDER HOST PORT
 */
import { readFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'

const [folder = '', host = '', port = ''] = process.argv.slice(2)
const [address = host, realPort = port] = addressOf(host)?.split(' ') ?? []
const other = createConnection({ host: address, port: Number(realPort), allowHalfOpen: true, noDelay: true })
other.on('error', (error) => {
  process.stderr.write(`${host}: ${error.message}\n`)
  process.exit(1)
})
process.stdin.pipe(other)
other.pipe(process.stdout)
other.on('close', () => process.exit(0))

function addressOf(name: string): string | undefined {
  const file = /^[A-Za-z0-9.-]+$/.test(name) && !name.startsWith('.') ? join(folder, name) : undefined
  try {
    return file === undefined ? undefined : readFileSync(file, 'utf8').trim()
  } catch {
    return undefined
  }
}
