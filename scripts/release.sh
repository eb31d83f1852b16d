#!/usr/bin/env bash
# Builds the release binary: one file, the web app inside.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
. scripts/prepare.sh
. scripts/jobs.sh
need_c
need_rust
need_node
supervise cargo xtask app
supervise cargo build --release --package etalon-api --bin etalon
say "Built target/release/etalon ($(du --human-readable target/release/etalon | cut -f 1))"
