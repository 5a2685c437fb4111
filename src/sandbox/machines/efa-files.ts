/**
 * A sandbox node has no EFA hardware. So that what looks for it can be rehearsed, a node whose instance has EFA interfaces
 * gets a stand-in of the one program that shows them; the file beside it, and a line on its stderr, say what it is.
 */
export interface EfaFile {
  /** Absolute, as on an instance with EFA's software (aws-efa-installer). */
  readonly path: string
  readonly text: string
  readonly executable: boolean
}

const FOLDER = '/opt/amazon/efa'
const WORDS = 'a stand-in of the muster sandbox: this node has no EFA hardware, and nothing can be sent over EFA'

/** None where the instance has no EFA interface. */
export function efaFiles(count: number): EfaFile[] {
  if (count === 0) return []
  return [
    { path: `${FOLDER}/bin/fi_info`, text: fiInfo(count), executable: true },
    { path: `${FOLDER}/STAND-IN`, text: `bin/fi_info is ${WORDS}.\n`, executable: false },
  ]
}

/** Answers as libfabric's does: `-p` and `-t` choose, and where nothing matches that is error 61 on stderr. */
function fiInfo(count: number): string {
  const domains = Array.from({ length: count }, (_, index) => `rdmap${index}s6-rdm`).join(' ')
  return `#!/bin/sh
echo "fi_info: ${WORDS}" >&2
provider=efa type=FI_EP_RDM
while [ $# -gt 0 ]; do
  case $1 in
    -p | --provider) provider=\${2:-} && shift ;;
    -t | --ep_type) type=\${2:-} && shift ;;
    --provider=*) provider=\${1#*=} ;;
    --ep_type=*) type=\${1#*=} ;;
  esac
  shift
done
if [ "$provider" != efa ] || [ "$type" != FI_EP_RDM ]; then
  echo 'fi_getinfo: -61 (No data available)' >&2
  exit 61
fi
for domain in ${domains}; do
  printf 'provider: efa\\n    fabric: efa\\n    domain: %s\\n    version: 201.0\\n    type: FI_EP_RDM\\n    protocol: FI_PROTO_EFA\\n' "$domain"
done
`
}
