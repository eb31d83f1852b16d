#!/usr/bin/env bash
# Starts Etalon for development: server and web app are rebuilt on every save.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
. scripts/prepare.sh
. scripts/jobs.sh
export ETALON_LISTEN=${ETALON_LISTEN:-127.0.0.1:8080}
export ETALON_DATA_DIR=${ETALON_DATA_DIR:-$root/var}
export ETALON_DEV_PORT=${ETALON_DEV_PORT:-5173}
need_c
need_rust
need_node
supervise scripts/npm.sh frontend
mkdir -p "$ETALON_DATA_DIR"
supervise cargo build --quiet --package xtask
in_background labelled app target/debug/xtask watch-app
in_background labelled server target/debug/xtask watch-server --demo
until [ -e frontend/pkg/fingerprint ]; do
  sleep 0.5
done
say "The web app will be on http://127.0.0.1:$ETALON_DEV_PORT (Ctrl+C stops everything)"
supervise labelled vite scripts/node.sh frontend node_modules/.bin/vite --clearScreen false
