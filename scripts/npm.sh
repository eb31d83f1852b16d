#!/usr/bin/env bash
# npm.sh FOLDER: installs the npm packages of a folder as its lock file says, unless they are there.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/prepare.sh"
need_node
cd "$root/$1"
if ! cmp --silent package-lock.json node_modules/.installed; then
  say "Installing the npm packages of $1"
  npm ci --no-audit --no-fund --loglevel error >&2 ||
    fail "The npm packages of $1 could not be installed: see above; npm needs its registry."
  cp package-lock.json node_modules/.installed
fi
