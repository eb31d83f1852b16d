#!/usr/bin/env bash
# Checks formatting and lints of everything.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
. scripts/prepare.sh
. scripts/jobs.sh
need_c
need_rust
need_rust_checks
say "Checking the formatting"
supervise cargo fmt --all --check || fail "Some files are not formatted: run 'cargo fmt --all'."
say "Checking the lints"
supervise cargo clippy --workspace --all-targets -- --deny warnings
