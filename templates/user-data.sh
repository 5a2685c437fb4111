#!/bin/sh
# First boot of a node: its lease first, then what muster needs and the image may lack, the ordinary user that jobs run as, and last
# what the fleet's `userData` adds. May be run again: what is there is left alone. Each step's exit code is in
# /var/lib/muster/user-data.steps, all output in /var/log/muster-user-data.log. It ends with a line in /var/lib/muster/booted,
# which install.sh waits for: `ok`, or which step failed.
fleet=
lease_s=0
idle_s=0
max_life_s=0
lustre=no
efa=no
bake=no
# AWS's own installer, of the version that was tried (aws-efa-installer 1.49.0, 2026-06-27): EFA's driver, libfabric, Open MPI.
efa_installer=https://efa-installer.amazonaws.com/aws-efa-installer-1.49.0.tar.gz

root=${MUSTER_NODE_ROOT:-}
var=$root/var/lib/muster
log=$root/var/log/muster-user-data.log
umask 022
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH HOME="${HOME:-/root}"

has() {
  for word; do command -v "$word" >/dev/null 2>&1 || return 1; done
}

has_systemd() {
  [ -z "$root" ] && [ -d /run/systemd/system ] && [ "$(cat /proc/1/comm 2>/dev/null)" = systemd ]
}

# get PACKAGE...: by whichever package manager the image has; another one may be at work at boot. A process node is somebody's
# own machine: nothing is ever installed there.
get() {
  if [ -n "$root" ]; then
    echo "this machine lacks: $*"
    return 1
  fi
  for rest in 5 15 45 0; do
    if has dnf; then
      dnf install -y -q --allowerasing "$@" && return 0
    elif has apt-get; then
      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" && return 0
    else
      echo "there is neither dnf nor apt-get to install: $*"
      return 1
    fi
    sleep "$rest"
  done
  return 1
}

# By systemd where that is process 1, so that it is started again whatever ends it; else by a loop of our own.
start_watchdog() {
  mkdir -p "$root/opt/muster" && cat >"$root/opt/muster/watchdog.sh" <<'END_OF_WATCHDOG' || return 1
# watchdog.sh
END_OF_WATCHDOG
  if has_systemd; then
    cat >/etc/systemd/system/muster-watchdog.service <<UNIT || return 1
[Unit]
Description=muster: ends this node when nobody needs it
[Service]
ExecStart=/bin/sh /opt/muster/watchdog.sh $lease_s $idle_s $max_life_s
Restart=always
RestartSec=1
OOMScoreAdjust=-1000
StandardOutput=append:/var/log/muster-watchdog.log
StandardError=append:/var/log/muster-watchdog.log
[Install]
WantedBy=multi-user.target
UNIT
    systemctl daemon-reload && systemctl enable -q muster-watchdog && systemctl restart --no-block muster-watchdog
    return
  fi
  # shellcheck disable=SC2016
  set -- sh -c 'while :; do sh "$@"; sleep 1; done' watchdog "$root/opt/muster/watchdog.sh" "$lease_s" "$idle_s" "$max_life_s"
  if has setsid; then set -- setsid "$@"; fi
  "$@" </dev/null >>"$root/var/log/muster-watchdog.log" 2>&1 &
}

# An agent whose first call failed sleeps for five minutes, then ever longer up to an hour (amazon-ssm-agent: hibernation): it is
# started again once the network is up, and after a minute once more where no command has come.
wake_agent() {
  has_systemd || return 0
  (
    for rest in 0 60; do
      sleep "$rest"
      for folder in /var/lib/amazon/ssm/i-*/document/orchestration/*; do [ ! -e "$folder" ] || exit 0; done
      systemctl restart amazon-ssm-agent || snap restart amazon-ssm-agent
    done
  ) </dev/null >/dev/null 2>&1 &
}

get_programs() {
  has sshd ssh-keygen || get openssh-server || return 1
  has curl && curl --help all 2>/dev/null | grep -q aws-sigv4 || get curl || return 1
  has tar gzip awk || get tar gzip gawk || return 1
  [ -n "$root" ] || has setpriv flock || get util-linux
}

# EFA and the ranks on other nodes want to lock memory; limits.d holds for ssh logins (as-user.sh lifts it for SSM's).
raise_limits() {
  [ -z "$root" ] || return 0
  mkdir -p /etc/security/limits.d &&
    printf '* - memlock unlimited\n* - nofile 65536\n' >/etc/security/limits.d/98-muster.conf
}

make_user() {
  [ -n "$root" ] || id muster >/dev/null 2>&1 || useradd --create-home --shell /bin/bash muster
}

# AL2023 has the client among its own packages; for Ubuntu FSx has a repository, and a module for each kernel (FSx for Lustre
# User Guide, "Installing the Lustre client").
get_lustre() {
  if [ "$lustre" = no ] || has mount.lustre; then return 0; fi
  if has dnf; then
    get lustre-client
    return
  fi
  from=https://fsx-lustre-client-repo-public-keys.s3.amazonaws.com/fsx-ubuntu-public-key.asc
  # shellcheck source=/dev/null
  release=$(. /etc/os-release && echo "$VERSION_CODENAME") &&
    get gnupg && curl -sSf --retry 5 "$from" | gpg --batch --yes --dearmor -o /usr/share/keyrings/fsx-ubuntu-public-key.gpg &&
    echo "deb [signed-by=/usr/share/keyrings/fsx-ubuntu-public-key.gpg] https://fsx-lustre-client-repo.s3.amazonaws.com/ubuntu $release main" \
      >/etc/apt/sources.list.d/fsx-lustre-client.list &&
    get "lustre-client-modules-$(uname -r)" && modprobe lustre
}

has_mpi() {
  [ -x /opt/amazon/openmpi/bin/mpirun ] || [ -x /opt/amazon/openmpi5/bin/mpirun ] || has mpirun
}

# Open MPI comes with EFA's installer too, also where the node has no EFA: then without the driver.
get_efa_and_mpi() {
  [ -z "$root" ] || return 0
  how=''
  if [ "$efa" = yes ] && [ ! -x /opt/amazon/efa/bin/fi_info ]; then
    how='-y'
    # The installer's own test needs a device, which the small node that an image is made on has not.
    if [ "$bake" = yes ]; then how='-y --no-verify'; fi
    # With a program of the image's own, the driver and rdma-core are enough.
    if has_mpi && has fi_info; then how='-y --minimal'; fi
  elif ! has_mpi; then
    how='-y --skip-kmod --no-verify'
  fi
  if [ -n "$how" ]; then
    work=$(mktemp -d /var/tmp/efa.XXXXXX) || return 1
    # shellcheck disable=SC2086
    (cd "$work" && curl -sSf --retry 5 -o installer.tar.gz "$efa_installer" && tar -xzf installer.tar.gz --no-same-owner &&
      cd aws-efa-installer && ./efa_installer.sh $how)
    code=$?
    rm -rf "$work"
    [ "$code" = 0 ] || return "$code"
  fi
  # Ubuntu forbids processes of one user to read each other's memory, which shared-memory transport does.
  scope=/proc/sys/kernel/yama/ptrace_scope
  if [ "$efa" = yes ] && [ -w "$scope" ]; then { echo 0 >"$scope"; } 2>/dev/null || :; fi
}

run_own() {
  [ -s "$var/own-user-data" ] || return 0
  chmod 700 "$var/own-user-data"
  read -r first <"$var/own-user-data"
  case $first in
    '#!'*) "$var/own-user-data" ;;
    *) sh "$var/own-user-data" ;;
  esac
}

write_own() {
  : >"$var/own-user-data" && chmod 700 "$var/own-user-data" || return 1
# userData of the fleet
}

tell() {
  echo "$1" >"$var/booted.new" && mv "$var/booted.new" "$var/booted"
}

# step NAME FUNCTION
step() {
  echo "== $1" >>"$log"
  "$2" </dev/null >>"$log" 2>&1
  code=$?
  echo "== $1: exit code $code" >>"$log"
  echo "$1 $code" >>"$var/user-data.steps"
  [ "$code" != 0 ] || return 0
  tell "$1 failed with exit code $code"
  tail -n 20 "$log"
  exit "$code"
}

main() {
  mkdir -p "$var" "$root/etc" "$root/var/log" "$root/run/muster"
  : >"$var/user-data.steps"
  echo "$fleet" >"$root/etc/muster-fleet"
  step 'starting the watchdog' start_watchdog
  step 'waking the SSM agent' wake_agent
  step 'installing ssh, curl, tar and awk' get_programs
  step 'raising the limits' raise_limits
  step 'making the user muster' make_user
  step 'installing the Lustre client' get_lustre
  step 'installing EFA and Open MPI' get_efa_and_mpi
  step "writing the fleet's userData" write_own
  step "the fleet's userData" run_own
  tell ok
}

main
