#!/usr/bin/env bash
# generate.sh openapi|schema [--check]: refreshes a generated file, or checks that it is current.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
. scripts/prepare.sh
need_c
need_rust
exec cargo xtask "$@"
