#!/usr/bin/env bash
# Builds Etalon and starts it with the demo company.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
. scripts/prepare.sh
. scripts/jobs.sh
. scripts/build.sh
build_app_and_server
export ETALON_LISTEN=${ETALON_LISTEN:-127.0.0.1:8080}
export ETALON_DATA_DIR=${ETALON_DATA_DIR:-$root/var}
mkdir -p "$ETALON_DATA_DIR"
say "Starting Etalon on http://$ETALON_LISTEN (Ctrl+C stops it; data in $ETALON_DATA_DIR)"
exec "$ETALON_BIN" serve --demo
