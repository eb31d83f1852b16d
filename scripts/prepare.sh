# What the recipes need from the system, installed when it is missing. To be sourced after lib.sh.

# The oldest versions that will do.
rust_minimum=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$root/Cargo.toml")
node_minimum=20.19

need_c() {
  local missing=()
  have cc || missing+=(gcc libc6-dev)
  have make || missing+=(make)
  have perl || missing+=(perl)
  have pkg-config || missing+=(pkg-config)
  if ! have pkg-config || ! pkg-config --exists openssl; then
    missing+=(libssl-dev)
  fi
  [ ${#missing[@]} -eq 0 ] || apt_install "a C compiler with the headers of OpenSSL" "${missing[@]}"
}

need_rust() {
  rust_is_there || apt_install "Rust $rust_minimum" rustc-web cargo-web
  rust_is_there || fail "Etalon needs Rust $rust_minimum or newer: install it with rustup, then try again."
}

rust_is_there() {
  have cargo && at_least "$(cargo --version | cut -d ' ' -f 2)" "$rust_minimum"
}

need_rust_checks() {
  cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 && return
  if have rustup; then
    rustup component add rustfmt clippy
  else
    apt_install "rustfmt and clippy" rustfmt-web rust-web-clippy
  fi
}

need_node() {
  node_is_there && return
  have npm || apt_install "Node.js" nodejs npm
  node_is_there && return
  # Older than we need, but able to fetch a newer one.
  say "Installing Node.js 22 into target-tools"
  npm install --prefix "$root/target-tools/download" --no-audit --no-fund --loglevel error node@22 >&2 || true
  mkdir -p "$root/target-tools/node"
  ln -sfn ../download/node_modules/node/bin "$root/target-tools/node/bin"
  hash -r
  node_is_there || fail "Etalon needs Node.js $node_minimum or newer with npm: install it, then try again."
}

node_is_there() {
  have npm && have node && at_least "$(node --version | tr -d v)" "$node_minimum"
}

# Leaves the folder of the PostgreSQL programs in $postgres_bin.
need_postgres() {
  postgres_bin=$(find_postgres)
  if [ -z "$postgres_bin" ]; then
    apt_install "PostgreSQL" postgresql
    postgres_bin=$(find_postgres)
  fi
  [ -n "$postgres_bin" ] || fail "PostgreSQL is missing: install its server (initdb, postgres, pgbench), then try again."
}

find_postgres() {
  local candidate
  for candidate in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort --version-sort --reverse) \
    "$(dirname "$(command -v initdb || echo /none/initdb)")"; do
    if [ -x "$candidate/initdb" ] && [ -x "$candidate/postgres" ]; then
      echo "$candidate"
      return
    fi
  done
}

# Leaves the browser for the end-to-end tests in $ETALON_CHROMIUM.
need_chromium() {
  ETALON_CHROMIUM=${ETALON_CHROMIUM:-$(find_chromium)}
  if [ -z "$ETALON_CHROMIUM" ]; then
    apt_install "Chromium" chromium fonts-dejavu-core
    ETALON_CHROMIUM=$(find_chromium)
  fi
  [ -n "$ETALON_CHROMIUM" ] || fail "Chromium is missing: install it, or name its program in ETALON_CHROMIUM, then try again."
  export ETALON_CHROMIUM
}

find_chromium() {
  command -v chromium || command -v chromium-browser || command -v google-chrome || true
}
