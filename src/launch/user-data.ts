import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { MusterError } from '../core/errors/muster-error.ts'
import type { FleetSpec } from '../core/fleet/spec.ts'
import { ownIdleS } from '../core/fleet/standing.ts'
import { shellQuote } from '../kit/shell-quote.ts'

const text = (name: string) => readFileSync(new URL(`../../templates/${name}`, import.meta.url), 'utf8')

/** The most that EC2 takes, before base64 (EC2 User Guide, "Run commands when you launch an EC2 instance"). */
const MOST_BYTES = 16_384

/** What the user data brings where the image lacks it, besides what every node needs. */
export interface Software {
  /** EFA's driver: the nodes have its devices, or (for an image) will have. */
  readonly efa: boolean
  readonly lustre: boolean
  /** For an image: the node at hand need not have the devices. */
  readonly bake?: boolean
}

/**
 * What a node does at its first boot: `templates/user-data.sh` with the fleet's own values, the watchdog in it, and the fleet's own
 * text last. Long text is gzip: cloud-init undoes that by itself (cloud-init, "User data formats": gzip compressed content), and so
 * does the sandbox. Throws ConfigInvalid where it does not fit even so.
 */
export function userData(fleet: FleetSpec, software: Software): Uint8Array {
  const plain = Buffer.from(userDataScript(fleet, software))
  if (plain.length <= MOST_BYTES) return plain
  const packed = gzipSync(plain, { level: 9 })
  if (packed.length <= MOST_BYTES) return packed
  const own = Buffer.byteLength(fleet.userData ?? '')
  throw new MusterError(
    'ConfigInvalid',
    `the user data of fleet ${fleet.name} has ${packed.length} bytes when compressed, ${own} of its ${plain.length} from userData in muster.yaml; EC2 takes ${MOST_BYTES}`,
    {
      suggestions: [
        `shorten userData in fleets.${fleet.name} of muster.yaml: let it fetch the rest`,
        `muster image bake ${fleet.name}`,
      ],
    },
  )
}

/** The script itself, before it is packed. */
export function userDataScript(fleet: FleetSpec, { efa, lustre, bake = false }: Software): string {
  const values: Readonly<Record<string, string>> = {
    fleet: shellQuote(fleet.name),
    lease_s: String(fleet.leaseS ?? 0),
    idle_s: String(ownIdleS(fleet) ?? 0),
    max_life_s: String(fleet.maxLifeS ?? 0),
    lustre: lustre ? 'yes' : 'no',
    efa: efa ? 'yes' : 'no',
    bake: bake ? 'yes' : 'no',
  }
  return text('user-data.sh')
    .replace(/^(fleet|lease_s|idle_s|max_life_s|lustre|efa|bake)=.*$/gm, (line, name: string) =>
      values[name] === undefined ? line : `${name}=${values[name]}`,
    )
    .replace(/^# watchdog\.sh\n/m, () => withoutComments(text('boot/watchdog.sh')))
    .replace(/^# userData of the fleet\n/m, () => (fleet.userData === null ? '' : ownText(fleet.userData)))
}

/** Lines of comment alone: with them EC2 would not take the whole as it is, to be read in its console. */
function withoutComments(script: string): string {
  return script.replaceAll(/^ *#(?!!).*\n/gm, '')
}

/** Word for word: a quoted here-document is evaluated by nobody, and its end is a line that the text has not. */
function ownText(own: string): string {
  let end = 'END_OF_USER_DATA'
  while (own.split('\n').includes(end)) end += '_'
  return `  cat >"$var/own-user-data" <<'${end}'\n${own}${own.endsWith('\n') ? '' : '\n'}${end}\n`
}
