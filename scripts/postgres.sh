# A PostgreSQL of our own, gone at the end. To be sourced after lib.sh, prepare.sh and jobs.sh.

postgres_dir=

# start_postgres SETTING...: leaves the address of an empty database, owned by a superuser, in
# $postgres_url.
start_postgres() {
  need_postgres
  say "Starting a temporary PostgreSQL"
  postgres_dir=$(mktemp -d "${TMPDIR:-/tmp}/etalon-postgres.XXXXXX")
  at_exit+=(stop_postgres)
  as_postgres=()
  if [ "$(id -u)" -eq 0 ]; then
    local owner=nobody
    if id postgres >/dev/null 2>&1; then
      owner=postgres
    fi
    chown "$owner" "$postgres_dir"
    as_postgres=(runuser -u "$owner" --)
  fi
  (
    cd "$postgres_dir"
    "${as_postgres[@]}" "$postgres_bin/initdb" --pgdata "$postgres_dir/data" --username etalon \
      --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync >"$postgres_dir/initdb.log" 2>&1
  ) || {
    cat "$postgres_dir/initdb.log" >&2
    fail "The temporary PostgreSQL could not be created: see above."
  }
  local setting options="-c listen_addresses=127.0.0.1 -c unix_socket_directories='$postgres_dir'"
  for setting in max_connections=200 log_min_messages=warning "$@"; do
    options+=" -c $setting"
  done
  local port
  for _ in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 12000))
    if (
      cd "$postgres_dir"
      "${as_postgres[@]}" "$postgres_bin/pg_ctl" start --pgdata "$postgres_dir/data" --wait --silent \
        --log "$postgres_dir/data/server.log" --options "$options -c port=$port" >/dev/null 2>&1
    ); then
      postgres_url="postgres://etalon@127.0.0.1:$port/etalon"
      "$postgres_bin/createdb" --host 127.0.0.1 --port "$port" --username etalon etalon
      return
    fi
  done
  tail -n 20 "$postgres_dir/data/server.log" >&2
  fail "The temporary PostgreSQL did not start: see above."
}

stop_postgres() {
  if [ -s "$postgres_dir/data/postmaster.pid" ]; then
    (
      cd "$postgres_dir"
      "${as_postgres[@]}" "$postgres_bin/pg_ctl" stop --pgdata "$postgres_dir/data" --mode immediate --silent
    ) || true
  fi
  rm -rf "$postgres_dir"
}
