#!/bin/sh
# watchdog.sh LEASE_S IDLE_S: ends this node when nobody needs it any more; needs no credentials, no network and no laptop.
# user-data.sh starts it before anything else. Whoever uses the node renews its lease (templates/node/renew.sh); a job that
# runs does so too, up to its time limit. It also reads the Spot notice from the metadata service, and tells the jobs that run here.
# 0 is no lease, no idle time.
# Times are the seconds since the kernel started, where they can be had: no clock that is put right can end a node.
set -u
lease_s=$1 idle_s=$2
root=${MUSTER_NODE_ROOT:-}
run=$root/run/muster
jobs=$root/var/lib/muster/jobs
imds=${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}
# What comes after a job's time limit: its last words, its outputs.
grace_s=900
tick_s=5
spot_every_s=5
# After a Spot notice a node without a job has no use; the word of another node's runner comes every 15 s.
unused_s=40
now=0 deadline=0 used=0 hold=0 life='' token='' spot_at=0 peer_seen=0

read_now() {
  { read -r now _ </proc/uptime; } 2>/dev/null || now=$(date +%s)
  now=${now%%.*}
}

# number FILE: what it holds; nothing where that is no number.
number() {
  { read -r number <"$1"; } 2>/dev/null || number=''
  case $number in '' | *[!0-9]*) number='' ;; esac
}

# put FILE TEXT: at one stroke.
put() {
  echo "$2" >"$run/$1.new" && mv "$run/$1.new" "$run/$1"
}

# job_until FOLDER: sets until to when the job no longer keeps the node alive; 0 is as long as it runs. Worked out once, when it
# is first seen. `prepare` has the time limit too.
job_until() {
  number "$run/until/${1##*/}"
  until=$number
  [ -z "$until" ] || return 0
  # shellcheck source=/dev/null
  until=$(
    time_limit_s='' prepare=no
    . "$1/bundle/settings" 2>/dev/null
    case $time_limit_s,$prepare in
      ,*) echo 0 ;;
      *,yes) echo $((now + 2 * time_limit_s + grace_s)) ;;
      *) echo $((now + time_limit_s + grace_s)) ;;
    esac
  )
  mkdir -p "$run/until" && put "until/${1##*/}" "$until"
}

# runs FOLDER: true while the job's runner lives and is within the job's time.
runs() {
  [ ! -e "$1/ended" ] || return 1
  number "$1/runner.pid"
  [ -n "$number" ] && kill -0 "$number" 2>/dev/null || return 1
  # The number may be another program's by now.
  if [ -r "/proc/$number/cmdline" ]; then tr '\000' ' ' <"/proc/$number/cmdline" | grep -q run-job || return 1; fi
  job_until "$1"
  [ "$until" = 0 ] || [ "$now" -lt "$until" ]
}

a_job_runs() {
  for folder in "$jobs"/*/; do
    [ -e "$folder/runner.pid" ] || continue
    if runs "${folder%/}"; then return 0; fi
  done
  # Another node's runner says that a job of its own runs here too (keep-peers.sh). Never in the future.
  number "$run/peer"
  [ -n "$number" ] && [ "$number" -le "$now" ] && [ "$number" -gt "$peer_seen" ] && peer_seen=$number
}

# due: sets reason where the node has to go.
due() {
  number "$run/lease"
  deadline=${number:-$deadline}
  number "$run/used"
  used=${number:-$used}
  number "$run/hold"
  hold=${number:-$hold}
  if a_job_runs; then
    put used "$now"
    used=$now
    if [ "$lease_s" -gt 0 ] && [ "$deadline" -lt $((now + lease_s)) ]; then
      deadline=$((now + lease_s))
      put lease "$deadline"
    fi
  fi
  [ "$now" -ge "$hold" ] || return 1
  if [ "$lease_s" -gt 0 ] && [ "$now" -ge "$deadline" ]; then
    reason="nobody has renewed its lease of $lease_s s, and no job runs"
  elif [ "$idle_s" -gt 0 ] && [ "$now" -ge $((used + idle_s)) ]; then
    reason="it has run no job for $idle_s s"
  elif [ -s "$run/notice" ] && [ "$now" -ge $((used + unused_s)) ]; then
    reason="Spot takes it, and no job runs"
  else
    return 1
  fi
}

# imds_get PATH: sets answer; a token lives for six hours, and a new one is asked for when the old one is refused.
imds_get() {
  for try in old new; do
    if [ "$try" = new ] || [ -z "$token" ]; then
      token=$(curl -sf --noproxy '*' -m 3 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 21600' "$imds/latest/api/token") || return 1
    fi
    answer=$(printf 'header = "X-aws-ec2-metadata-token: %s"\n' "$token" |
      curl -K - -s --noproxy '*' -m 3 -w '\n%{http_code}' "$imds/latest/meta-data/$1") || return 1
    status=${answer##*
}
    answer=${answer%
*}
    [ "$status" = 401 ] || break
  done
  [ "$status" = 200 ]
}

# The notice comes two minutes before the node is taken (EC2 User Guide, "Spot Instance interruption notices": AWS advises to look
# every five seconds): {"action": "terminate", "time": "2017-09-18T08:22:00Z"}. It is kept as `spot TIME`.
watch_spot() {
  if [ "$life" != spot ] && [ -n "$life" ] || [ $((now - spot_at)) -lt "$spot_every_s" ]; then return; fi
  spot_at=$now
  if [ -z "$life" ]; then
    imds_get instance-life-cycle && life=$answer
    if [ "$life" = spot ]; then put spot 1; fi
    return
  fi
  if [ ! -s "$run/notice" ] && imds_get spot/instance-action; then
    put notice "spot $(printf '%s' "$answer" | sed -n 's/.*"time" *: *"\([0-9TZ:.-]*\)".*/\1/p')"
    chmod 644 "$run/notice"
    tick_s=1
    say "the Spot notice has come: $answer"
  fi
}

# Every runner here is woken until it has begun to tell its job (templates/node/notice.sh): a signal that comes before it waits is lost.
tell_jobs() {
  [ -s "$run/notice" ] || return 0
  for folder in "$jobs"/*/; do
    folder=${folder%/}
    if [ -e "$folder/awake" ] && [ ! -e "$folder/telling" ] && runs "$folder"; then
      number "$folder/runner.pid"
      kill -USR1 "$number"
    fi
  done
}

say() {
  echo "$(date -u '+%Y-%m-%dT%H:%M:%SZ') watchdog: $1"
}

# shutdown's behaviour is `terminate`, so that this ends the instance. A shutdown that hangs is ended by systemd itself after half
# an hour. On a process node only the node's own stand-in may be called: anything else would end this machine.
end_node() {
  say "this node ends: $reason"
  if [ -n "$root" ]; then
    case $(command -v shutdown) in
      "${root%/*}"/*) ;;
      *)
        say 'there is no shutdown of this node'
        exit 0
        ;;
    esac
  fi
  shutdown -h now
}

main() {
  mkdir -p "$run"
  chmod 755 "$run"
  put limits "$lease_s $idle_s"
  read_now
  number "$run/lease"
  [ -n "$number" ] || put lease $((now + lease_s))
  number "$run/used"
  [ -n "$number" ] || put used "$now"
  # Short ones are for rehearsals.
  if [ "$lease_s" -gt 0 ] && [ "$lease_s" -lt 60 ] || [ "$idle_s" -gt 0 ] && [ "$idle_s" -lt 60 ]; then tick_s=1; fi
  spot_at=$((now - spot_every_s))
  while :; do
    read_now
    if due; then end_node; fi
    watch_spot
    tell_jobs
    sleep "$tick_s"
  done
}

main
