# The browser tests. To be sourced after lib.sh, prepare.sh, jobs.sh and build.sh.

# Leaves the server built, the packages of e2e/ installed, the API client generated and compiled, and
# Chromium named.
prepare_e2e() {
  need_chromium
  supervise scripts/npm.sh e2e
  say "Generating and compiling the API client"
  supervise scripts/node.sh e2e npm run --silent check
  build_app_and_server
}

# playwright ARGUMENT...
playwright() {
  scripts/node.sh e2e node_modules/.bin/playwright "$@"
}
