import { operation } from './context.ts'
import { findAll } from './input/ids.ts'
import { flag, text } from './input/leaves.ts'
import { required } from './input/shape.ts'

const parameters = { InstanceId: required(text), Latest: flag }

/** The end of the user data's log, once it has ended; no output before. */
export const getConsoleOutput = operation({
  name: 'GetConsoleOutput',
  input: parameters,
  handle({ InstanceId: id }, { region, now }) {
    const [instance] = findAll('instance', [id], (key) => region.instances.get(key))
    const console = instance?.life.console
    return {
      instanceId: id,
      timestamp: new Date(console?.at ?? now),
      output: Buffer.from(console?.tail ?? '').toString('base64'),
    }
  },
})
