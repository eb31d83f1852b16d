-- Tokens: {{serial_key}} integer key given by the database; {{binary}} text ordered by code point.

CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE departments (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT{{binary}} NOT NULL,
    parent_id TEXT REFERENCES departments (id),
    share_deals BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX departments_name ON departments (COALESCE(parent_id, ''), name_key);

CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    search_text TEXT{{binary}} NOT NULL,
    email TEXT UNIQUE,
    password_hash TEXT,
    role TEXT NOT NULL,
    department_id TEXT REFERENCES departments (id),
    manager_id TEXT REFERENCES users (id),
    active BOOLEAN NOT NULL,
    language TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    external_id TEXT,
    import_id TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX users_department ON users (department_id);
CREATE INDEX users_manager ON users (manager_id);
CREATE INDEX users_external ON users (external_id);

CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    token_hash TEXT NOT NULL,
    previous_hash TEXT,
    rotated_at TIMESTAMP,
    user_agent TEXT,
    ip TEXT,
    created_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE sign_in_attempts (
    key TEXT NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    blocked_until TIMESTAMP,
    updated_at TIMESTAMP NOT NULL
);

CREATE TABLE idempotency_keys (
    id TEXT NOT NULL PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    status INTEGER,
    headers TEXT,
    body TEXT,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);

CREATE TABLE stages (
    code TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE,
    name_en TEXT NOT NULL,
    name_ru TEXT NOT NULL,
    status TEXT NOT NULL,
    probability INTEGER NOT NULL,
    forecast_category TEXT NOT NULL,
    rotting_days INTEGER
);

CREATE TABLE exchange_rates (
    base TEXT NOT NULL,
    currency TEXT NOT NULL,
    rate_on DATE NOT NULL,
    rate DOUBLE PRECISION NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (base, currency, rate_on)
);
CREATE INDEX exchange_rates_day ON exchange_rates (rate_on, currency);

CREATE TABLE accounts (
    seq {{serial_key}},
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT{{binary}} NOT NULL,
    search_text TEXT{{binary}} NOT NULL,
    kind TEXT NOT NULL,
    tax_number TEXT,
    industry TEXT,
    website TEXT,
    phone TEXT,
    email TEXT,
    country TEXT,
    city TEXT,
    address TEXT,
    employees BIGINT,
    annual_revenue BIGINT,
    annual_revenue_currency TEXT,
    founded_year INTEGER,
    parent_id TEXT REFERENCES accounts (id),
    owner_id TEXT REFERENCES users (id),
    description TEXT,
    external_id TEXT,
    import_id TEXT,
    deleted_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT REFERENCES users (id),
    updated_at TIMESTAMP NOT NULL,
    updated_by TEXT REFERENCES users (id)
);
CREATE INDEX accounts_name ON accounts (search_text, id);
CREATE INDEX accounts_name_key ON accounts (name_key);
CREATE INDEX accounts_owner ON accounts (owner_id);
CREATE INDEX accounts_parent ON accounts (parent_id);
CREATE INDEX accounts_import ON accounts (import_id);
CREATE INDEX accounts_external ON accounts (external_id);

CREATE TABLE contacts (
    seq {{serial_key}},
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT{{binary}} NOT NULL,
    search_text TEXT{{binary}} NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    position TEXT,
    email TEXT,
    phone TEXT,
    owner_id TEXT REFERENCES users (id),
    description TEXT,
    external_id TEXT,
    import_id TEXT,
    deleted_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT REFERENCES users (id),
    updated_at TIMESTAMP NOT NULL,
    updated_by TEXT REFERENCES users (id)
);
CREATE INDEX contacts_name ON contacts (search_text, id);
CREATE INDEX contacts_name_key ON contacts (name_key);
CREATE INDEX contacts_account ON contacts (account_id);
CREATE INDEX contacts_owner ON contacts (owner_id);
CREATE INDEX contacts_import ON contacts (import_id);
CREATE INDEX contacts_external ON contacts (external_id);

CREATE TABLE products (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT{{binary}} NOT NULL UNIQUE,
    search_text TEXT{{binary}} NOT NULL,
    category TEXT,
    price BIGINT,
    price_currency TEXT,
    active BOOLEAN NOT NULL,
    import_id TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);

CREATE TABLE deals (
    number {{serial_key}},
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    search_text TEXT{{binary}} NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    contact_id TEXT REFERENCES contacts (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    department_id TEXT REFERENCES departments (id),
    product_id TEXT REFERENCES products (id),
    stage TEXT NOT NULL REFERENCES stages (code),
    status TEXT NOT NULL,
    deal_type TEXT NOT NULL,
    category TEXT,
    source TEXT,
    budget BIGINT,
    budget_currency TEXT,
    amount BIGINT,
    currency TEXT,
    amount_base BIGINT,
    probability INTEGER NOT NULL,
    probability_manual BOOLEAN NOT NULL,
    forecast_category TEXT NOT NULL,
    forecast_category_manual BOOLEAN NOT NULL,
    expected_close_on DATE,
    first_expected_close_on DATE,
    pushes INTEGER NOT NULL,
    closed_at TIMESTAMP,
    close_reason TEXT,
    winner_account_id TEXT REFERENCES accounts (id),
    rerouted_to TEXT,
    next_contact_on DATE,
    need_type TEXT,
    need_text TEXT,
    decision_on DATE,
    tactic TEXT,
    own_strengths TEXT,
    own_weaknesses TEXT,
    tactic_review_on DATE,
    next_step_on DATE,
    stage_entered_at TIMESTAMP NOT NULL,
    closed_from_stage TEXT,
    last_touch_at TIMESTAMP,
    cycle_days INTEGER,
    external_id TEXT,
    import_id TEXT,
    deleted_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT REFERENCES users (id),
    updated_at TIMESTAMP NOT NULL,
    updated_by TEXT REFERENCES users (id)
);
CREATE INDEX deals_owner_amount ON deals (owner_id, amount_base, id);
CREATE INDEX deals_owner_created ON deals (owner_id, created_at, id);
CREATE INDEX deals_department_created ON deals (department_id, created_at, id);
CREATE INDEX deals_created ON deals (created_at, id);
CREATE INDEX deals_amount ON deals (amount_base, id);
CREATE INDEX deals_expected_close ON deals (expected_close_on, id);
CREATE INDEX deals_stage ON deals (stage, created_at, id);
CREATE INDEX deals_account ON deals (account_id);
CREATE INDEX deals_contact ON deals (contact_id);
CREATE INDEX deals_product ON deals (product_id);
CREATE INDEX deals_import ON deals (import_id);
CREATE INDEX deals_external ON deals (external_id);
CREATE INDEX deals_closed ON deals (closed_at, id);

CREATE TABLE deal_versions (
    id TEXT NOT NULL PRIMARY KEY,
    deal_id TEXT NOT NULL REFERENCES deals (id),
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP,
    stage TEXT NOT NULL,
    status TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    department_id TEXT,
    account_id TEXT,
    product_id TEXT,
    source TEXT,
    category TEXT,
    amount BIGINT,
    currency TEXT,
    amount_base BIGINT,
    probability INTEGER NOT NULL,
    forecast_category TEXT NOT NULL,
    expected_close_on DATE
);
CREATE UNIQUE INDEX deal_versions_deal ON deal_versions (deal_id, valid_from);
CREATE INDEX deal_versions_interval ON deal_versions (valid_from, valid_to);

CREATE TABLE timeline (
    id TEXT NOT NULL PRIMARY KEY,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    kind TEXT NOT NULL,
    actor_id TEXT,
    actor_name TEXT,
    via TEXT NOT NULL,
    changes TEXT NOT NULL,
    reason TEXT,
    request_id TEXT
);
CREATE INDEX timeline_entity ON timeline (entity, entity_id, at, id);

CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    run_at TIMESTAMP NOT NULL,
    attempts INTEGER NOT NULL,
    claimed_by TEXT,
    claimed_until TIMESTAMP,
    finished_at TIMESTAMP,
    last_error TEXT,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX jobs_due ON jobs (finished_at, run_at);
