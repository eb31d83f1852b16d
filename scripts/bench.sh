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
bench() {
  supervise cargo run --quiet --release --package etalon-bench -- "$@"
}
bench "$@"
# The same reports over a million deals, unless something else than the pace was asked for.
for argument in "$@"; do
  case $argument in
    --seconds | --warm-up | --clients | [0-9]*) ;;
    *) exit ;;
  esac
done
"$postgres_bin/psql" --quiet "$postgres_url" --command 'DROP SCHEMA public CASCADE; CREATE SCHEMA public' 2>/dev/null
bench --copies 9 --reports --append "$@"
