#!/usr/bin/env bash
# Checks and tests everything: formatting, lints, generated files, every test on SQLite and on a
# temporary PostgreSQL, the stories in the browser. The last line counts the tests.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
. scripts/prepare.sh
. scripts/jobs.sh
. scripts/postgres.sh
. scripts/build.sh
. scripts/e2e.sh

# What is built once gains nothing from being prepared for the next build.
if [ -n "${CI:-}" ]; then
  export CARGO_INCREMENTAL=0
fi

log=$(mktemp)
remove_log() {
  rm -f "$log"
}
at_exit+=(remove_log)

# logged COMMAND...: also keeps the output, for the count at the end.
logged() {
  "$@" 2>&1 | tee -a "$log"
}

# count WORD: the sum of the numbers before a word in the summaries of the test runners.
count() {
  sed 's/\x1b\[[0-9;]*m//g' "$log" |
    grep --extended-regexp '^(test result:| *Summary \[|  +[0-9]+ (passed|failed|skipped|did not run|flaky))' |
    grep --only-matching --extended-regexp "[0-9]+ $1" |
    awk '{ sum += $1 } END { print sum + 0 }'
}

rust_tests() {
  # The tests of the web app are compiled only when it has any.
  local packages=()
  if grep --quiet --recursive 'cfg(test)' frontend/src; then
    packages=(--workspace --exclude app-bindgen)
  fi
  # Called as a condition, where bash does not stop at the first failure.
  local failed=0
  if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --no-fail-fast --no-tests warn "${packages[@]}" || failed=1
    cargo test --doc "${packages[@]}" || failed=1
  else
    cargo test --no-fail-fast "${packages[@]}" || failed=1
  fi
  return "$failed"
}

status=0
need_postgres
supervise scripts/lint.sh

start_postgres fsync=off synchronous_commit=off full_page_writes=off
export ETALON_TEST_POSTGRES_URL=$postgres_url
if [ -z "${ETALON_SAMPLE_DATA:-}" ]; then
  say "ETALON_SAMPLE_DATA is not set: the acceptance test of the sample import will skip itself"
fi

say "Checking the generated files"
supervise cargo xtask schema --check
supervise cargo xtask openapi --check

if [ -e e2e/package.json ]; then
  say "Building the web app meanwhile"
  start_app
fi
say "Running the tests"
supervise logged rust_tests || status=$?

if [ -e e2e/package.json ]; then
  prepare_e2e
  say "Running the stories in the browser"
  supervise logged playwright test || status=$?
else
  say "SKIPPED: there is no e2e/package.json, so no story was run in the browser"
fi

printf '%s passed, %s failed\n' "$(count passed)" "$(count failed)"
exit "$status"
