# Starting things and stopping whatever was started, also when interrupted.
# To be sourced after lib.sh, once, by a script that is not sourced itself.

# Every job is its own process group, so that it can be stopped with its children.
set -m

declare -A job_groups=()
at_exit=()

# in_background COMMAND...: starts a job; its process id is in $!.
in_background() {
  "$@" </dev/null &
  job_groups[$!]=running
}

# supervise COMMAND...: runs a command to its end, so that a signal to this script is answered at
# once and ends the command as well.
supervise() {
  in_background "$@"
  finish "$!"
}

# finish PROCESS: waits for a job, and returns what it returned.
finish() {
  local status=0
  wait "$1" || status=$?
  unset "job_groups[$1]"
  return "$status"
}

# labelled NAME COMMAND...: runs a command, each line of output after a name.
labelled() {
  local name=$1
  shift
  "$@" 2>&1 | sed --unbuffered "s/^/$(printf '%-7s' "$name")| /"
}

stop_everything() {
  local status=$? action
  trap - EXIT
  trap '' INT TERM HUP
  # The shell's own remarks on ended jobs are dropped.
  stop_jobs 2>/dev/null
  for action in "${at_exit[@]}"; do
    "$action" || true
  done
  exit "$status"
}

stop_jobs() {
  local group
  for group in "${!job_groups[@]}"; do
    kill -TERM -- "-$group" || true
  done
  for group in "${!job_groups[@]}"; do
    wait_for_group "$group"
  done
}

# Waits five seconds for a process group to end, then ends it.
wait_for_group() {
  local tries
  for tries in $(seq 50); do
    kill -0 -- "-$1" || return 0
    sleep 0.1
  done
  kill -KILL -- "-$1" || true
}

trap stop_everything EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
