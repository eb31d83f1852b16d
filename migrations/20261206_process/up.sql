CREATE TABLE processes (
    id TEXT NOT NULL PRIMARY KEY,
    is_default BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE process_versions (
    id TEXT NOT NULL PRIMARY KEY,
    process_id TEXT NOT NULL REFERENCES processes (id),
    number BIGINT NOT NULL,
    status TEXT NOT NULL,
    -- Stages, steps and texts as JSON. Never changed once published.
    definition TEXT NOT NULL,
    version BIGINT NOT NULL,
    published_at TIMESTAMP,
    published_by TEXT REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX process_versions_number ON process_versions (process_id, number);

-- The first version of the reference process, which the program enters when it starts. Deals that were
-- there before follow it.
ALTER TABLE deals ADD COLUMN process_version_id TEXT NOT NULL DEFAULT '01930000-0000-7000-8000-000000000001';
ALTER TABLE deals ADD COLUMN beaten_account_id TEXT;

-- What was done in the steps: one row a step and visit of its stage, or one in all for what lasts.
CREATE TABLE deal_steps (
    id TEXT NOT NULL PRIMARY KEY,
    deal_id TEXT NOT NULL REFERENCES deals (id),
    step_id TEXT NOT NULL,
    visit TEXT NOT NULL,
    done BOOLEAN NOT NULL,
    answer TEXT,
    contact_id TEXT REFERENCES contacts (id),
    confidence TEXT,
    decision TEXT,
    reason TEXT,
    items TEXT NOT NULL,
    sent_at TIMESTAMP,
    file_id TEXT,
    file_name TEXT,
    signed_on DATE,
    nobody BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    updated_by TEXT REFERENCES users (id)
);
CREATE UNIQUE INDEX deal_steps_deal ON deal_steps (deal_id, step_id, visit);

CREATE TABLE deal_team (
    deal_id TEXT NOT NULL REFERENCES deals (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    since TIMESTAMP NOT NULL,
    PRIMARY KEY (deal_id, user_id)
);
CREATE INDEX deal_team_user ON deal_team (user_id, deal_id);

CREATE TABLE deal_contacts (
    deal_id TEXT NOT NULL REFERENCES deals (id),
    contact_id TEXT NOT NULL REFERENCES contacts (id),
    role TEXT,
    influence TEXT,
    loyalty TEXT,
    motivators TEXT NOT NULL,
    motivator_note TEXT,
    reports_to TEXT,
    notes TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (deal_id, contact_id)
);
CREATE INDEX deal_contacts_contact ON deal_contacts (contact_id);
-- The main contact of a deal is always one of its key contacts.
INSERT INTO deal_contacts (deal_id, contact_id, motivators, version, created_at)
    SELECT id, contact_id, '[]', 1, created_at FROM deals WHERE contact_id IS NOT NULL;

CREATE TABLE deal_competitors (
    id TEXT NOT NULL PRIMARY KEY,
    deal_id TEXT NOT NULL REFERENCES deals (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    product TEXT,
    price BIGINT,
    price_currency TEXT,
    strengths TEXT,
    weaknesses TEXT,
    threat TEXT,
    won BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX deal_competitors_deal ON deal_competitors (deal_id, account_id);
CREATE INDEX deal_competitors_account ON deal_competitors (account_id);

CREATE TABLE deal_concessions (
    id TEXT NOT NULL PRIMARY KEY,
    deal_id TEXT NOT NULL REFERENCES deals (id),
    gave TEXT NOT NULL,
    got TEXT,
    allowed_by TEXT REFERENCES users (id),
    given_on DATE NOT NULL,
    noted_at TIMESTAMP NOT NULL,
    noted_by TEXT REFERENCES users (id)
);
CREATE INDEX deal_concessions_deal ON deal_concessions (deal_id, given_on);

-- What everybody in the company may read, such as that a deal was won.
CREATE TABLE posts (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    deal_id TEXT REFERENCES deals (id),
    author_id TEXT NOT NULL REFERENCES users (id),
    content TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX posts_created ON posts (created_at, id);
