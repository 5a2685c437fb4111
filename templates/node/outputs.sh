# Brings what the job's `outputs:` name into the bucket, as one tar.gz, in parts: so its size does not matter, and only
# a part at a time is on this node's disk. Patterns come as regular expressions from src/launch/outputs.ts, so that
# nothing of theirs is ever evaluated by a shell. Needs paths.sh, s3.sh, state.sh.
# shellcheck shell=sh disable=SC2034,SC2154

part_mib=64

# find_outputs REGEX: files and links below the work directory, `./`-relative, each followed by NUL.
find_outputs() {
  case $(uname) in
    Darwin) LC_ALL=C find -E . -mindepth 1 \( -type f -o -type l \) -regex "$1" -print0 ;;
    *) LC_ALL=C find . -mindepth 1 -regextype posix-extended \( -type f -o -type l \) -regex "$1" -print0 ;;
  esac
}

# The list of all outputs, in outputs.list; says which patterns found nothing.
list_outputs() {
  : >"$job/outputs.list"
  missing=''
  number=1
  while [ "$number" -le "$output_count" ]; do
    eval "regex=\$output_regex_$number pattern=\$output_pattern_$number"
    (cd "$work" && find_outputs "$regex") >"$job/outputs.found" 2>/dev/null
    if [ -s "$job/outputs.found" ]; then
      cat "$job/outputs.found" >>"$job/outputs.list"
    else
      missing="$missing${missing:+, }$pattern"
    fi
    number=$((number + 1))
  done
  sort -zu "$job/outputs.list" >"$job/outputs.found" && mv "$job/outputs.found" "$job/outputs.list"
}

collect_outputs() {
  if [ "$output_count" = 0 ] || { [ -n "$mount_point" ] && [ "$node_rank" != 0 ]; }; then return; fi
  list_outputs
  if [ -n "$missing" ]; then message="$message${message:+; }outputs: nothing matches $missing"; fi
  [ -s "$job/outputs.list" ] || return
  key=jobs/$id/outputs/$host.tar.gz
  (
    cd "$work" && tar --null -T "$job/outputs.list" -cf -
    echo $? >"$job/outputs.code"
  ) 2>"$job/outputs.log" | gzip -1 | send_parts "$key" >"$job/outputs.bytes" 2>>"$job/outputs.log"
  if [ -s "$job/outputs.bytes" ]; then
    read -r output_bytes <"$job/outputs.bytes"
  else
    message="$message${message:+; }outputs could not be sent: $(last_line "$job/outputs.log")"
  fi
  # 1: a file changed while it was read.
  read -r tar_code <"$job/outputs.code"
  [ "$tar_code" -le 1 ] || message="$message${message:+; }outputs: $(last_line "$job/outputs.log")"
}

# cut_part FILE: the next part of stdin.
cut_part() {
  dd of="$1" bs=65536 count=$((part_mib * 16)) iflag=fullblock 2>/dev/null
}

# send_parts KEY: stdin, by one PUT where it is one part, by a multipart upload where it is more. Prints its size.
send_parts() {
  cut_part "$job/part.1" || return 1
  size=$(wc -c <"$job/part.1")
  if [ "$size" -lt $((part_mib * 1048576)) ]; then
    retry s3_put "$1" "$job/part.1" && rm "$job/part.1" && echo $((size))
    return
  fi
  upload=$(retry s3 -X POST "$url/$1?uploads=" | tr '>' '\n' | sed -n 's/<\/UploadId$//p')
  [ -n "$upload" ] || return 1
  total=0 number=1 sender=''
  printf '<CompleteMultipartUpload>' >"$job/parts.xml"
  while [ "$size" -gt 0 ]; do
    total=$((total + size))
    # One part is on its way while the next is cut.
    send_part "$1" "$number" &
    sender=$!
    number=$((number + 1))
    cut_part "$job/part.$number" || return 1
    size=$(wc -c <"$job/part.$number")
    wait "$sender" || {
      retry s3 -X DELETE "$url/$1?uploadId=$upload"
      return 1
    }
  done
  rm -f "$job/part.$number"
  printf '</CompleteMultipartUpload>' >>"$job/parts.xml"
  retry s3 -X POST -H 'content-type: application/xml' --data-binary "@$job/parts.xml" -o "$job/parts.answer" \
    "$url/$1?uploadId=$upload" || return 1
  # S3 may say no after it has said 200.
  grep -q '<Error>' "$job/parts.answer" || echo "$total"
}

# send_part KEY NUMBER
send_part() {
  retry s3 -T "$job/part.$2" -D "$job/part.headers" -o /dev/null "$url/$1?partNumber=$2&uploadId=$upload" || return 1
  etag=$(tr -d '\r' <"$job/part.headers" | sed -n 's/^[Ee][Tt][Aa][Gg]: *//p' | tail -n 1)
  printf '<Part><PartNumber>%s</PartNumber><ETag>%s</ETag></Part>' "$2" "$etag" >>"$job/parts.xml"
  rm "$job/part.$2"
}
