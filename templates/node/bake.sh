#!/bin/sh
# bake.sh: makes this node ready to be an image: takes away what is its own (keys, identity, logs, what cloud-init and SSM remember,
# jobs) and writes everything to the disk. The watchdog runs on, but is not started in a node of the image before its user data says so.
set -u
# shellcheck source=paths.sh
. "${0%/*}/paths.sh"
[ -z "$root" ] || fail 70 'a process node is somebody'"'"'s own machine: no image is made of it'
set -e
if [ -d /run/systemd/system ]; then systemctl disable -q muster-watchdog 2>/dev/null || :; fi
if command -v cloud-init >/dev/null 2>&1; then cloud-init clean --logs || :; fi
if command -v dnf >/dev/null 2>&1 && [ -d /run/systemd/system ]; then dnf clean all -q || :; fi
rm -rf /var/lib/cloud/instance /var/lib/cloud/instances /var/lib/cloud/data /var/lib/cloud/sem
rm -f /etc/ssh/ssh_host_* /etc/muster-fleet /root/.bash_history /home/*/.bash_history
rm -rf /home/*/.ssh /root/.ssh /var/lib/amazon/ssm/Vault /var/lib/amazon/ssm/runtimeconfig
rm -rf "$var"
mkdir -p "$var"
# An empty one is made anew at the next boot; a missing one would count as a first boot of another kind (machine-id(5)).
if [ -e /etc/machine-id ]; then : >/etc/machine-id; fi
rm -f /var/lib/dbus/machine-id
find /var/log -type f ! -name muster-watchdog.log -exec sh -c ': >"$1"' empty {} \;
find /tmp /var/tmp -mindepth 1 -maxdepth 1 -exec rm -rf {} + 2>/dev/null || :
find /opt/muster -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
sync
