-- One row for each proposal: its number, which all its versions share.
CREATE TABLE proposal_numbers (
    number {{serial_key}},
    -- The first version.
    id TEXT NOT NULL UNIQUE
);

-- One row for each version.
CREATE TABLE proposals (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL REFERENCES proposal_numbers (number),
    revision INTEGER NOT NULL,
    deal_id TEXT NOT NULL REFERENCES deals (id),
    account_id TEXT REFERENCES accounts (id),
    contact_id TEXT REFERENCES contacts (id),
    currency TEXT NOT NULL,
    rate_to_base DOUBLE PRECISION,
    valid_until DATE,
    introduction TEXT,
    terms TEXT,
    net BIGINT NOT NULL,
    vat BIGINT NOT NULL,
    total_base BIGINT,
    status TEXT NOT NULL,
    sent_at TIMESTAMP,
    sent_on DATE,
    sent_to_id TEXT REFERENCES contacts (id),
    channel TEXT,
    decided_on DATE,
    decision_note TEXT,
    deleted_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT REFERENCES users (id),
    updated_at TIMESTAMP NOT NULL,
    updated_by TEXT REFERENCES users (id)
);
CREATE UNIQUE INDEX proposals_revision ON proposals (number, revision);
CREATE INDEX proposals_deal ON proposals (deal_id);
CREATE INDEX proposals_contact ON proposals (contact_id);

CREATE TABLE proposal_lines (
    id TEXT NOT NULL PRIMARY KEY,
    proposal_id TEXT NOT NULL REFERENCES proposals (id),
    position INTEGER NOT NULL,
    product_id TEXT REFERENCES products (id),
    title TEXT NOT NULL,
    description TEXT,
    unit TEXT,
    -- Ten-thousandths.
    quantity BIGINT NOT NULL,
    unit_price BIGINT NOT NULL,
    -- Hundredths of a percent.
    discount BIGINT NOT NULL,
    vat_rate BIGINT NOT NULL,
    net BIGINT NOT NULL,
    vat BIGINT NOT NULL
);
CREATE UNIQUE INDEX proposal_lines_position ON proposal_lines (proposal_id, position);
CREATE INDEX proposal_lines_product ON proposal_lines (product_id);

CREATE TABLE visas (
    id TEXT NOT NULL PRIMARY KEY,
    document_kind TEXT NOT NULL,
    document_id TEXT NOT NULL,
    document_name TEXT NOT NULL,
    deal_id TEXT NOT NULL REFERENCES deals (id),
    amount BIGINT,
    currency TEXT,
    -- SHA-256 of the content that was shown.
    hash TEXT NOT NULL,
    requested_by TEXT NOT NULL REFERENCES users (id),
    requested_at TIMESTAMP NOT NULL,
    note TEXT,
    decided_by TEXT REFERENCES users (id),
    decided_at TIMESTAMP,
    decision TEXT,
    comment TEXT,
    void_at TIMESTAMP
);
-- At most one visa of a document waits.
CREATE UNIQUE INDEX visas_waiting ON visas (document_kind, document_id)
    WHERE decided_at IS NULL AND void_at IS NULL;
CREATE INDEX visas_document ON visas (document_kind, document_id, requested_at);
CREATE INDEX visas_deal ON visas (deal_id);
CREATE INDEX visas_requested ON visas (requested_at, id);
