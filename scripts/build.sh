# Building what runs. To be sourced after lib.sh, prepare.sh and jobs.sh.

export ETALON_BIN="$root/target/debug/etalon"

app_job=

# Starts building the web app, which mostly uses one core; `build_app_and_server` waits for it.
start_app() {
  [ -z "$app_job" ] || return 0
  need_c
  need_rust
  need_node
  supervise cargo build --quiet --package xtask
  in_background labelled app target/debug/xtask app
  app_job=$!
}

# The web app and the server side by side: each leaves a core idle now and then.
build_app_and_server() {
  start_app
  supervise labelled server cargo build --package etalon-api --bin etalon ||
    fail "The server does not build: see above."
  finish "$app_job" || fail "The web app does not build: see above."
  app_job=
}
