#!/usr/bin/env bash
# Takes the screenshots for the README.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
. scripts/prepare.sh
. scripts/jobs.sh
. scripts/build.sh
. scripts/e2e.sh
prepare_e2e
supervise playwright test --config playwright.screenshots.config.ts
