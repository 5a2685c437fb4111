# The staging bucket, by curl with the node's own role. Needs paths.sh, and url and region set.
# Credentials go to curl on stdin (-K -), never on a command line, and lie in one file that only root reads.
# shellcheck shell=sh disable=SC2154

imds=${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}

# imds_get PATH: what the instance metadata service says (IMDSv2).
imds_get() {
  printf 'header = "X-aws-ec2-metadata-token: %s"\n' "$imds_token" |
    curl -K - -sf --noproxy '*' --connect-timeout 2 --max-time 5 "$imds/latest/$1"
}

imds_session() {
  imds_token=$(curl -sf --noproxy '*' --connect-timeout 2 --max-time 5 -X PUT \
    -H 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$imds/latest/api/token")
}

# Writes $var/credentials: when it was fetched, then lines of curl configuration.
fetch_credentials() {
  imds_session || return 1
  role=$(imds_get meta-data/iam/security-credentials/) || return 1
  answer=$(imds_get "meta-data/iam/security-credentials/$role") || return 1
  (
    umask 077
    {
      date +%s
      printf '%s\n' "$answer" | tr ',' '\n' | sed -n \
        -e 's/.*"AccessKeyId" *: *"\([^"]*\)".*/K\1/p' \
        -e 's/.*"SecretAccessKey" *: *"\([^"]*\)".*/S\1/p' \
        -e 's/.*"Token" *: *"\([^"]*\)".*/T\1/p' |
        sort | {
        while read -r line; do
          case $line in
            K*) key=${line#K} ;;
            S*) printf 'user = "%s:%s"\n' "$key" "${line#S}" ;;
            T*) printf 'header = "x-amz-security-token: %s"\n' "${line#T}" ;;
          esac
        done
      }
    } >"$var/credentials.$$"
  ) && mv "$var/credentials.$$" "$var/credentials"
}

# Prints the configuration that signs a request. New credentials are out at least five minutes before the old ones
# expire, so that what is younger than four minutes is good. For a pipe into curl only.
s3_config() {
  if ! { read -r fetched <"$var/credentials"; } 2>/dev/null || [ $(($(date +%s) - fetched)) -ge 240 ]; then
    fetch_credentials || return 1
  fi
  sed 1d "$var/credentials"
  printf 'aws-sigv4 = "aws:amz:%s:s3"\nheader = "x-amz-content-sha256: UNSIGNED-PAYLOAD"\n' "$region"
  printf 'silent\nshow-error\nfail\nconnect-timeout = 5\nspeed-limit = 1\nspeed-time = 30\n'
}

# s3 ARGUMENT...: curl, signed.
s3() {
  config=$(s3_config) || {
    echo 'muster: no credentials from the instance metadata service: has the node an instance profile?' >&2
    return 1
  }
  printf '%s\n' "$config" | curl -K - "$@"
}

# s3_get KEY FILE: sets missing_object where there is no such object: then trying again is no use.
s3_get() {
  status=$(s3 -o "$2" -w '%{http_code}' "$url/$1") && return 0
  if [ "$status" = 404 ]; then missing_object=yes; fi
  return 1
}

s3_put() { # KEY FILE
  s3 -T "$2" "$url/$1"
}

# retry COMMAND...: some seconds' worth of tries. Old credentials may be why it failed: they are forgotten.
retry() {
  missing_object=no
  for pause in 0.1 0.4 1 2 4; do
    "$@" && return 0
    [ "$missing_object" = no ] || return 1
    rm -f "$var/credentials"
    sleep "$pause"
  done
  "$@"
}
