import { createSocket, type Socket } from 'node:dgram'
import { dnsAnswer } from './dns-answer.ts'

/** A name server over UDP for the private names of a network; it is to be bound. What cannot be answered is not. */
export function nameServer(domain: string): Socket {
  const socket = createSocket('udp4')
  socket.on('message', (query, { address, port }) => {
    const answer = dnsAnswer(query, domain)
    if (answer !== null) socket.send(answer, port, address, () => {})
  })
  return socket
}
