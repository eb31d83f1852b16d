#!/usr/bin/env bash
# Measures the release server on SQLite and on a temporary PostgreSQL.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
. scripts/prepare.sh
. scripts/jobs.sh
. scripts/postgres.sh
need_c
need_rust
need_node
supervise cargo xtask app
supervise cargo build --release --package etalon-api --bin etalon --package etalon-bench --bins
start_postgres shared_buffers=512MB
export ETALON_BENCH_POSTGRES_URL=$postgres_url
export ETALON_BIN=$root/target/release/etalon
export PATH="$postgres_bin:$PATH"
supervise cargo run --quiet --release --package etalon-bench -- "$@"
