#!/usr/bin/env bash
# node.sh FOLDER COMMAND...: runs a command with this project's Node.js in a folder of the repository.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root/$1"
shift
exec "$@"
