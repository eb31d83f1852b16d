CREATE TABLE leads (
    seq {{serial_key}},
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    search_text TEXT{{binary}} NOT NULL,
    company_name TEXT,
    account_id TEXT REFERENCES accounts (id),
    person_name TEXT,
    contact_id TEXT REFERENCES contacts (id),
    email TEXT,
    phone TEXT,
    message TEXT,
    source TEXT,
    owner_id TEXT NOT NULL REFERENCES users (id),
    department_id TEXT REFERENCES departments (id),
    status TEXT NOT NULL,
    -- The four answers as JSON: each with its state, its value, and who set it when.
    bant TEXT NOT NULL,
    score INTEGER NOT NULL,
    nurture_until DATE,
    disqualify_reason TEXT,
    disqualify_note TEXT,
    deal_id TEXT UNIQUE REFERENCES deals (id),
    override_reason TEXT,
    closed_at TIMESTAMP,
    external_id TEXT,
    import_id TEXT,
    deleted_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX leads_created ON leads (created_at, id, deleted_at, department_id, owner_id);
CREATE INDEX leads_owner ON leads (owner_id, status);
CREATE INDEX leads_account ON leads (account_id);
CREATE INDEX leads_nurture ON leads (nurture_until);
CREATE INDEX leads_external ON leads (external_id);
CREATE INDEX leads_search ON leads USING gin (search_text gin_trgm_ops);
