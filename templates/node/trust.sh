#!/bin/sh
# trust.sh URL REGION KNOWN_HOSTS_KEY AUTHORIZED_KEYS_KEY: writes whom this node's user trusts: fetched from the bucket,
# so that no key is in an SSM parameter. The host keys are checked strictly; nothing ever asks.
set -u
url=$1 region=$2
# shellcheck source=paths.sh
. "${0%/*}/paths.sh"
# shellcheck source=s3.sh
. "${0%/*}/s3.sh"

umask 077
new=$(mktemp -d "$var/trust.XXXXXX") || fail 13 "could not write below $var"
trap 'rm -rf "$new"' EXIT
retry s3_get "$3" "$new/known_hosts" || fail 20 "could not fetch $3"
retry s3_get "$4" "$new/authorized_keys" || fail 20 "could not fetch $4"
cat >"$new/config" <<CONFIG
Host *
  User ${user:-$(id -un)}
  IdentityFile "$ssh_dir/id_ed25519"
  IdentitiesOnly yes
  UserKnownHostsFile "$ssh_dir/known_hosts"
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  BatchMode yes
  ConnectTimeout 10
  ServerAliveInterval 5
  ServerAliveCountMax 3
  KexAlgorithms ^curve25519-sha256
  Ciphers ^aes128-gcm@openssh.com
  ForwardX11 no
  LogLevel ERROR
CONFIG
mkdir -p "$ssh_dir" && own "$ssh_dir" "$new"/* && mv "$new"/* "$ssh_dir/" || fail 21 "could not write to $ssh_dir"
