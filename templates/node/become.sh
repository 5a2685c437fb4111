# become COMMAND...: turns this process into it, as the ordinary user in a clean environment. A shell starts its background commands
# with SIGINT and SIGQUIT ignored, which would be inherited: env puts them back where it can. Needs paths.sh; `session` may hold a
# word that goes before everything (setsid).
# shellcheck shell=sh disable=SC2154

if [ -n "$user" ] || env --default-signal=INT true 2>/dev/null; then clean='env -i --default-signal=INT,QUIT'; else clean='env -i'; fi

become() {
  set -- "HOME=$home" SHELL=/bin/sh "LANG=C.UTF-8" "$@"
  if [ -n "$user" ]; then
    # shellcheck disable=SC2086
    exec ${session:-} setpriv "--reuid=$user" "--regid=$user" --init-groups $clean \
      "USER=$user" "LOGNAME=$user" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
  fi
  # The sandbox finds the processes of a process node by their variables.
  # shellcheck disable=SC2086
  exec ${session:-} $clean "USER=$(id -un)" "PATH=$PATH" "MUSTER_NODE_ROOT=$root" "MUSTER_SANDBOX_MARK=${MUSTER_SANDBOX_MARK:-}" "$@"
}
