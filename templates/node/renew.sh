#!/bin/sh
# renew.sh HOLD_S: renews this node's lease: it has its whole length again from now on, and its idle time too. For HOLD_S seconds
# nothing ends the node. Prints `ends-in SECONDS`: when the watchdog would end it if nothing more came; or `ends-in never`.
set -u
# shellcheck source=paths.sh
. "${0%/*}/paths.sh"
run=$root/run/muster
{ read -r lease_s idle_s <"$run/limits"; } 2>/dev/null || fail 60 'no watchdog runs on this node: an older muster launched it'
{ read -r now _ </proc/uptime; } 2>/dev/null || now=$(date +%s)
now=${now%%.*}

put() {
  echo "$2" >"$run/$1.$$" && mv "$run/$1.$$" "$run/$1" || fail 61 "could not write to $run"
}

put used "$now"
if [ "$lease_s" -gt 0 ]; then put lease $((now + lease_s)); fi
{ read -r hold <"$run/hold"; } 2>/dev/null || hold=0
if [ "$1" -gt 0 ] && [ "$hold" -lt $((now + $1)) ]; then
  hold=$((now + $1))
  put hold "$hold"
fi

left=0
if [ "$lease_s" -gt 0 ]; then left=$lease_s; fi
if [ "$idle_s" -gt 0 ] && { [ "$left" = 0 ] || [ "$idle_s" -lt "$left" ]; }; then left=$idle_s; fi
if [ "$left" = 0 ]; then
  echo 'ends-in never'
else
  if [ $((hold - now)) -gt "$left" ]; then left=$((hold - now)); fi
  echo "ends-in $left"
fi
