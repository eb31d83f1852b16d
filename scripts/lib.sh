# Functions that the other scripts share. To be sourced, with `set -euo pipefail`.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# What rustup and the node of this project bring, before what the system has.
export PATH="$root/target-tools/node/bin:$PATH:$HOME/.cargo/bin"

say() {
  printf '==> %s\n' "$*" >&2
}

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

have() {
  command -v "$1" >/dev/null 2>&1
}

# at_least VERSION MINIMUM
at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort --version-sort | head -n 1)" = "$2" ]
}

# apt_install PURPOSE PACKAGE...: installs Debian packages, or says what to install.
apt_install() {
  local purpose=$1
  shift
  have apt-get || fail "$purpose is missing: install what your system calls $*, then try again."
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if have sudo && sudo -n true 2>/dev/null; then
      as_root=(sudo -n)
    else
      fail "$purpose is missing: run as root 'apt-get update && apt-get install --no-install-recommends $*', then try again."
    fi
  fi
  say "Installing $purpose: $*"
  local log
  log=$(mktemp)
  # A package list that cannot be refreshed is no reason to stop: the packages may be known already.
  "${as_root[@]}" apt-get update >"$log" 2>&1 || true
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --no-install-recommends "$@" >>"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    fail "$purpose could not be installed: see above, install the packages $*, then try again."
  fi
  rm -f "$log"
}
