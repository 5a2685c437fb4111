#!/bin/sh
# watchdog.sh LEASE_S IDLE_S MAX_LIFE_S: ends this node when nobody needs it any more, or when it has lived long enough; needs no
# credentials, no network and no laptop. user-data.sh starts it before anything else. Whoever uses the node renews its lease
# (templates/node/renew.sh), and may hand down an end, for the fleet's spending limit; a job that runs keeps the lease too, up to
# its time limit, and never beyond that end. It also reads the Spot notice from the metadata service,
# and tells the jobs that run here. 0 is none of each.
# Times are the seconds since the kernel started, where they can be had: no clock that is put right can end a node. What a node
# has lived, and when it has to end by that count, is on its disk: a restart makes it no younger.
set -u
lease_s=$1 idle_s=$2 max_life_s=$3
root=${MUSTER_NODE_ROOT:-}
run=$root/run/muster
jobs=$root/var/lib/muster/jobs
# Made by main alone: an image that is baked takes no age along (bake.sh).
disk=$root/var/lib/muster/watchdog
imds=${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}
# What comes after a job's time limit: its last words, its outputs.
grace_s=900
# A renewal may be written after we have read the clock.
slack_s=30
# How long before its end a node tells its jobs: as long as a Spot notice.
notice_s=120
tick_s=5
spot_every_s=5
# After a Spot notice a node without a job has no use; the word of another node's runner comes every 15 s.
unused_s=40
now=0 deadline=0 used=0 hold=0 market='' token='' spot_at=0 peer_seen=0
lived=0 born=0 life=0 life_at=0 told=''

read_now() {
  { read -r now _ </proc/uptime; } 2>/dev/null || now=$(date +%s)
  now=${now%%.*}
}

# number FILE: what it holds; nothing where that is no number, or one that no time comes to and `test` may not bear.
number() {
  { read -r number <"$1"; } 2>/dev/null || number=''
  case $number in *[!0-9]* | ????????????????*) number='' ;; esac
}

# put FILE TEXT: at one stroke.
put() {
  put_in "$run" "$1" "$2"
}

put_in() {
  echo "$3" >"$1/$2.new" && mv "$1/$2.new" "$1/$2"
}

# Sets born and lived, so that life goes on where it was: across restarts of this script, and across the node's own.
read_life() {
  number "$run/lived"
  lived=${number:-0}
  number "$run/born"
  born=$number
  if [ -z "$born" ] || [ "$born" -gt "$now" ]; then
    number "$disk/lived"
    lived=${number:-0} born=$now
    put lived "$lived" && put born "$born"
  fi
}

count_life() {
  life=$((lived + now - born))
  if [ $((life - life_at)) -ge 60 ]; then
    life_at=$life
    put_in "$disk" lived "$life" 2>/dev/null
  fi
}

# Sets end and why: the earlier of its maximum life and of the end that somebody has handed down; false where there is neither.
find_end() {
  end='' why=''
  if [ "$max_life_s" -gt 0 ]; then end=$max_life_s why="it has reached its maximum life of $max_life_s s"; fi
  number "$disk/end"
  if [ -n "$number" ] && { [ -z "$end" ] || [ "$number" -lt "$end" ]; }; then
    end=$number why="the fleet's spending limit is reached"
  fi
  [ -n "$end" ]
}

# Once jobs have been told, the node ends when their notice is over, at its end at the earliest: then true.
is_over() {
  find_end || return 1
  if [ "$life" -lt $((end - notice_s)) ]; then
    told=''
    return 1
  fi
  : "${told:=$life}"
  if end_jobs || a_peer_spoke; then [ "$life" -ge $((told + notice_s)) ] || return 1; fi
  [ "$life" -ge "$end" ] || return 1
  reason=$why
}

# A job whose runner is on another node may still have to end.
a_peer_spoke() {
  [ "$peer_seen" -gt 0 ] && [ "$now" -lt $((peer_seen + lease_s + idle_s)) ]
}

# end_jobs: true where any runs. Each is told until it has heard (guard.sh): SIGTERM, then SIGKILL, with time left for its last words.
end_jobs() {
  any=no
  for folder in "$jobs"/*/; do
    folder=${folder%/}
    if [ ! -e "$folder/runner.pid" ] || ! lives "$folder"; then continue; fi
    any=yes
    [ ! -e "$folder/control/heard" ] || continue
    if [ ! -e "$folder/control/node-end" ]; then
      say "job ${folder##*/} is told: $why"
      echo "$((notice_s * 3 / 4)) $why" >"$folder/control/node-end.new" && mv "$folder/control/node-end.new" "$folder/control/node-end"
    fi
    if [ -e "$folder/awake" ]; then kill -USR1 "$runner" 2>/dev/null; fi
  done
  [ "$any" = yes ]
}

# job_until FOLDER: sets until to when the job no longer keeps the node alive; 0 is as long as it runs. Worked out once, when it
# is first seen; run-tasks.sh puts it off with every task that it begins. `prepare` has the time limit too.
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

# lives FOLDER: true while the job's runner lives; sets runner. Its number may be another program's by now, or another job's.
lives() {
  [ ! -e "$1/ended" ] || return 1
  number "$1/runner.pid"
  runner=$number
  [ -n "$runner" ] && kill -0 "$runner" 2>/dev/null || return 1
  [ ! -r "/proc/$runner/cmdline" ] || tr '\000' ' ' <"/proc/$runner/cmdline" | grep -q -e "run-job.*${1##*/}" -e run-tasks
}

# runs FOLDER: true while the job's runner lives and is within the job's time.
runs() {
  lives "$1" || return 1
  job_until "$1"
  [ "$until" = 0 ] || [ "$now" -lt "$until" ]
}

# a_job_runs: sets keeps to yes where one keeps the lease too: nobody may be left to let one go that waits for that (meeting.sh).
a_job_runs() {
  any=no keeps=no
  for folder in "$jobs"/*/; do
    folder=${folder%/}
    if [ ! -e "$folder/runner.pid" ] || ! runs "$folder"; then continue; fi
    any=yes
    if [ -e "$folder/control/go" ] || [ -e "$folder/taken" ]; then
      keeps=yes
      return 0
    fi
  done
  # Another node's runner says that a job of its own runs here too (keep-peers.sh). Never in the future.
  number "$run/peer"
  if [ -n "$number" ] && [ "$number" -le "$now" ] && [ "$number" -gt "$peer_seen" ]; then peer_seen=$number any=yes keeps=yes; fi
  [ "$any" = yes ]
}

# read_deadline: a lease is never longer than itself from now, whatever its file says.
read_deadline() {
  number "$run/lease"
  deadline=${number:-$deadline}
  [ "$deadline" -gt $((now + lease_s + slack_s)) ] || return 0
  deadline=$((now + lease_s))
  put lease "$deadline"
}

# read_used: nobody has used it in the future.
read_used() {
  number "$run/used"
  used=${number:-$used}
  [ "$used" -gt $((now + slack_s)) ] || return 0
  used=$now
  put used "$used"
}

# due: sets reason where the node has to go.
due() {
  read_deadline
  read_used
  number "$run/hold"
  hold=${number:-$hold}
  if a_job_runs; then
    put used "$now"
    used=$now
    if [ "$keeps" = yes ] && [ "$lease_s" -gt 0 ] && [ "$deadline" -lt $((now + lease_s)) ]; then
      deadline=$((now + lease_s))
      put lease "$deadline"
    fi
  fi
  if is_over; then return; fi
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
  if [ "$market" != spot ] && [ -n "$market" ] || [ $((now - spot_at)) -lt "$spot_every_s" ]; then return; fi
  spot_at=$now
  if [ -z "$market" ]; then
    imds_get instance-life-cycle && market=$answer
    if [ "$market" = spot ]; then put spot 1; fi
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
    if [ -e "$folder/awake" ] && [ ! -e "$folder/telling" ] && lives "$folder"; then
      kill -USR1 "$runner" 2>/dev/null
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
  mkdir -p "$run" "$disk"
  chmod 755 "$run"
  put limits "$lease_s $idle_s $max_life_s"
  read_now
  read_life
  number "$run/lease"
  [ -n "$number" ] || put lease $((now + lease_s))
  number "$run/used"
  [ -n "$number" ] || put used "$now"
  # Short ones are for rehearsals.
  for each in "$lease_s" "$idle_s" "$max_life_s"; do
    if [ "$each" -gt 0 ] && [ "$each" -lt 60 ]; then tick_s=1 notice_s=5; fi
  done
  spot_at=$((now - spot_every_s))
  while :; do
    read_now
    count_life
    if due; then end_node; fi
    watch_spot
    tell_jobs
    sleep "$tick_s"
  done
}

main
