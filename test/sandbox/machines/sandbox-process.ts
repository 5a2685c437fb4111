/** A sandbox's machines in a process of their own, for tests that kill it. Usage: sandbox-process.ts KIND HOME NODES */
import { createMachines } from '../../../src/sandbox/machines/create.ts'

const [kind = 'auto', home = '', count = '1'] = process.argv.slice(2)
const machines = await createMachines({ kind: kind as 'auto', home, port: 1, apiSocket: `${home}/none.sock` })
let online = 0
for (let number = 0; number < Number(count); number += 1) {
  machines.boot(
    {
      instanceId: `i-${String(number).padStart(17, '0')}`,
      region: 'us-east-1',
      hostname: `ip-172-31-9-${number + 1}.ec2.internal`,
      privateIp: `172.31.9.${number + 1}`,
      prefixLength: 16,
      network: 'vpc-1',
      efaInterfaces: 0,
      userData: Buffer.from('#!/bin/sh\nsetsid sleep 1000 </dev/null >/dev/null 2>&1 &\necho started'),
      metadata: () => undefined,
      mount: () => ({ refusal: 'Input/output error' }),
    },
    {
      online: () => {},
      lost: () => {},
      poweroff: () => {},
      userDataEnded: () => {
        online += 1
        if (online === Number(count)) process.stdout.write('ready\n')
      },
    },
  )
}
