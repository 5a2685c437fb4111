#!/bin/sh
# First boot of a node: what the node scripts need and an image may lack, and the ordinary user that jobs run as. It ends
# with one word in /var/lib/muster/booted, which install.sh waits for: `ok`, or what went wrong.
fleet=
root=${MUSTER_NODE_ROOT:-}
umask 022
mkdir -p "$root/var/lib/muster" "$root/etc"
echo "$fleet" >"$root/etc/muster-fleet"

has() {
  for word; do command -v "$word" >/dev/null 2>&1 || return 1; done
}

# get PACKAGE...: by whichever package manager the image has.
get() {
  if has dnf; then
    dnf install -y -q "$@"
  elif has apt-get; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
  else
    false
  fi
}

set_up() {
  PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
  has sshd ssh-keygen || get openssh-server || { echo 'could not install openssh-server' && return 1; }
  has curl || get curl || { echo 'could not install curl' && return 1; }
  has tar gzip awk || get tar gzip gawk || { echo 'could not install tar, gzip and awk' && return 1; }
  # The next issue's place: EFA (aws-efa-installer), Open MPI and the Lustre client, where the image has none of them.
  if [ -z "$root" ] && ! id muster >/dev/null 2>&1; then
    useradd --create-home --shell /bin/bash muster || { echo 'could not make the user muster' && return 1; }
  fi
}

set_up >"$root/var/lib/muster/boot.log" 2>&1 && word=ok || word=$(tail -n 1 "$root/var/lib/muster/boot.log")
echo "${word:-failed}" >"$root/var/lib/muster/booted.new" && mv "$root/var/lib/muster/booted.new" "$root/var/lib/muster/booted"
[ "$word" = ok ]
