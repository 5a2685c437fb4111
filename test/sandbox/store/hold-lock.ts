import { fileLocks } from '../../../src/store/fleet-lock.ts'

/** Takes the fleet `hpc` in the folder that is named, says so, and stays until it is killed. */
await fileLocks(process.argv[2] ?? '').acquire('hpc', 'running heat')
console.log('held')
setInterval(() => undefined, 60_000)
