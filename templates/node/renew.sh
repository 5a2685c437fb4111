#!/bin/sh
# renew.sh HOLD_S USE END_S: renews this node's lease: it has its whole length again from now on. For HOLD_S seconds, or `lease`, as
# long as that lasts (a quarter of an hour where there is none), only its end ends the node. USE is `yes` where somebody is about to use it: then its idle time begins again too, as it does until it is ready.
# END_S: it ends in so many seconds, whatever runs on it, until another renewal says otherwise; `none` takes that back, `keep` leaves
# it. Prints `ends-in SECONDS`, when the watchdog would end it if nothing more came, or `ends-in never`; and `at-most SECONDS`, when
# it ends whatever comes, or `at-most never`.
set -u
# shellcheck source=paths.sh
. "${0%/*}/paths.sh"
run=$root/run/muster disk=$var/watchdog
hold_s=$1 use=$2 end_s=$3
{ read -r lease_s idle_s max_life_s <"$run/limits" && read -r born <"$run/born" && read -r lived <"$run/lived"; } 2>/dev/null ||
  fail 60 'no watchdog runs on this node, or an older one: an older muster launched it'
{ read -r now _ </proc/uptime; } 2>/dev/null || now=$(date +%s)
now=${now%%.*}
life=$((lived + now - born))
if [ "$hold_s" = lease ]; then
  hold_s=$lease_s
  [ "$lease_s" -gt 0 ] || hold_s=900
fi

put() {
  echo "$2" >"$1.$$" && mv "$1.$$" "$1" || fail 61 "could not write $1"
}

# sooner SECONDS: keeps the least in left.
sooner() {
  if [ "$left" = never ] || [ "$1" -lt "$left" ]; then left=$1; fi
}

if [ "$lease_s" -gt 0 ]; then put "$run/lease" $((now + lease_s)); fi
if [ "$use" = yes ] || [ ! -e "$run/ready" ]; then put "$run/used" "$now"; fi
{ read -r used <"$run/used"; } 2>/dev/null || used=$now
{ read -r hold <"$run/hold"; } 2>/dev/null || hold=0
if [ "$hold_s" -gt 0 ] && [ "$hold" -lt $((now + hold_s)) ]; then
  hold=$((now + hold_s))
  put "$run/hold" "$hold"
fi
case $end_s in
  keep) ;;
  none) rm -f "$disk/end" ;;
  *) put "$disk/end" $((life + end_s)) ;;
esac

left=never
if [ "$max_life_s" -gt 0 ]; then sooner $((max_life_s - life)); fi
{ read -r end <"$disk/end"; } 2>/dev/null && sooner $((end - life))
most=$left
left=never
if [ "$lease_s" -gt 0 ]; then sooner "$lease_s"; fi
if [ "$idle_s" -gt 0 ]; then sooner $((used + idle_s - now)); fi
if [ "$left" != never ] && [ $((hold - now)) -gt "$left" ]; then left=$((hold - now)); fi
if [ "$most" != never ]; then sooner "$most"; fi

# said WORD SECONDS: never less than nothing.
said() {
  if [ "$2" != never ] && [ "$2" -lt 0 ]; then echo "$1 0"; else echo "$1 $2"; fi
}
said ends-in "$left"
said at-most "$most"
