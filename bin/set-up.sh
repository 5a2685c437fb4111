#!/bin/sh
# Makes a fresh or changed checkout ready: npm packages, then the build. Idempotent: what is current is left alone.
# Talks on stderr, one line before each step. Asks nothing. One set-up at a time: a second one waits for the first.
#
# node_modules/.muster-lock.json is the mark of a whole installation: a copy of the package-lock.json that it was made
# from, written last. `npm ci` empties node_modules first, so an interrupted one leaves no mark and is done again.

set -u
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 70
cd "$root" || exit 70
node=node_modules/node/bin/node
mark=node_modules/.muster-lock.json

# `npm test` puts node_modules/.bin first: the Node there would be removed by npm ci while npm runs on it.
PATH=$(printf '%s' "$PATH" | sed "s|$root/node_modules/\.bin:||g")
export PATH

say() { printf 'muster: %s\n' "$*" >&2; }

have() { command -v "$1" >/dev/null 2>&1; }

# The command that gets a program here: $1 is its package for apt, $2 for dnf, $3 for brew.
how_to_get() {
  if have apt-get; then
    echo "apt-get install -y $1"
  elif have dnf; then
    echo "dnf install -y $2"
  elif have brew; then
    echo "brew install $3"
  else
    echo 'see https://nodejs.org/en/download'
  fi
}

need() {
  say "cannot set itself up: $1"
  printf '\nhint: %s\n' "$2" >&2
  exit 1
}

packages_current() {
  [ -x "$node" ] && [ -x node_modules/.bin/tsc ] && cmp -s "$mark" package-lock.json
}

# Packages that somebody installed with npm itself, newer than the lock file: whole, because npm writes its own
# hidden lock file last.
packages_adoptable() {
  [ ! -e "$mark" ] && [ -x "$node" ] && [ -x node_modules/.bin/tsc ] && [ -e node_modules/.package-lock.json ] &&
    [ ! package-lock.json -nt node_modules/.package-lock.json ]
}

install_packages() {
  have node || need 'node is missing (18 or newer, only to install our own)' "$(how_to_get 'nodejs npm' nodejs node)"
  have npm || need 'npm is missing' "$(how_to_get npm nodejs-npm node)"
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' ||
    need "node $(node --version) is too old to run npm: 18 or newer is needed" "$(how_to_get 'nodejs npm' nodejs node)"
  need_space
  say 'installing its npm packages and its own Node 24 into node_modules (once) ...'
  log=$(mktemp "${TMPDIR:-/tmp}/muster-set-up.XXXXXX") || exit 70
  rm -f "$mark"
  # In the background: npm, when it is interrupted, would end all its downloads first.
  npm_pid=
  trap interrupted INT TERM HUP
  npm ci --include=dev --engine-strict=false --no-audit --no-fund --no-progress >"$log" 2>&1 </dev/null &
  npm_pid=$!
  wait "$npm_pid" || failed_step 'npm ci failed'
  trap - INT TERM HUP
  # Where scripts of packages are switched off, Node's own package has fetched no program yet.
  [ -x "$node" ] || (cd node_modules/node && node installArchSpecificPackage.js) >>"$log" 2>&1 </dev/null
  [ -x "$node" ] || failed_step 'the npm package "node" brought no program'
  rm -f "$log"
  cp package-lock.json "$mark" || exit 1
}

interrupted() {
  [ -z "$npm_pid" ] || kill -9 "$npm_pid" 2>/dev/null
  rm -f "$log"
  say 'set-up interrupted; the next run does it again'
  exit 130
}

# npm itself says of a full disk only what could not be written, if it can say that.
need_space() {
  free_mb=$(df -Pk . 2>/dev/null | awk 'END { print int($4 / 1024) }' 2>/dev/null)
  [ "${free_mb:-600}" -ge 600 ] ||
    need "its packages need 600 MB, and only $free_mb MB are free in $root" "df -h '$root'"
}

# npm's own words, which it follows with all that it could say about its usage.
failed_step() {
  words=$(grep -i '^npm err' "$log" | grep -iv '^npm err[a-z!]* *$' | head -n 20)
  printf '%s\n' "${words:-$(tail -n 20 "$log")}" >&2
  say "$1; npm's whole output is in $log"
  printf '\nhint: cd %s && npm ci\n' "$root" >&2
  exit 1
}

build_current() {
  [ -e dist/.stamp ] && [ -e oclif.manifest.json ] && [ dist/.stamp -nt "$mark" ] &&
    [ -z "$(find src package.json tsconfig.json tsconfig.build.json bin/build.js -newer dist/.stamp -print 2>/dev/null | head -n 1)" ]
}

set_up() {
  if packages_current; then
    [ "$mark" -nt package-lock.json ] || touch "$mark"
  elif packages_adoptable; then
    cp package-lock.json "$mark" || exit 1
  else
    install_packages
  fi
  if ! build_current; then
    say 'building ...'
    "$node" bin/build.js </dev/null || exit 1
  fi
}

# Only the holder of the lock works; this very file is what is locked, so nothing is left behind.
if [ "${1:-}" != --locked ]; then
  trap : INT
  if have flock; then
    flock -n -E 75 -F bin/set-up.sh sh bin/set-up.sh --locked
    status=$?
    [ "$status" -eq 75 ] || exit "$status"
    say 'waiting for another set-up of this checkout to end ...'
    trap - INT
    exec flock -F bin/set-up.sh sh bin/set-up.sh --locked
  elif have lockf; then
    exec lockf -k bin/set-up.sh sh bin/set-up.sh --locked
  fi
fi
set_up
