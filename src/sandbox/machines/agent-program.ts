import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(import.meta.url)

/** The folder of the program that runs inside nodes, and the ending of its files: `.ts` from source, `.js` when built. */
export const agentFolder = join(dirname(here), '..', 'agent')
export const agentEnding = extname(here)
