# The browser tests. To be sourced after lib.sh, prepare.sh, jobs.sh and build.sh.

# Leaves the server built, the packages of e2e/ installed and Chromium named.
prepare_e2e() {
  need_chromium
  supervise scripts/npm.sh e2e
  build_app_and_server
}

# playwright ARGUMENT...
playwright() {
  scripts/node.sh e2e node_modules/.bin/playwright "$@"
}
