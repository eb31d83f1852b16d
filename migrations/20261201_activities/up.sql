CREATE TABLE activities (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    note TEXT,
    deal_id TEXT REFERENCES deals (id),
    lead_id TEXT REFERENCES leads (id),
    account_id TEXT REFERENCES accounts (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    status TEXT NOT NULL,
    -- Of a whole day: midnight at its beginning and at its end, in no zone. Otherwise UTC.
    all_day BOOLEAN NOT NULL,
    due_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    duration_minutes INTEGER,
    result TEXT,
    done_at TIMESTAMP,
    origin TEXT NOT NULL,
    step_id TEXT,
    stage TEXT,
    remind_at TIMESTAMP,
    reminded_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX activities_owner ON activities (owner_id, status, due_at);
CREATE INDEX activities_done ON activities (owner_id, done_at);
CREATE INDEX activities_due ON activities (due_at, id);
CREATE INDEX activities_deal ON activities (deal_id, due_at);
CREATE INDEX activities_lead ON activities (lead_id, due_at);
CREATE INDEX activities_account ON activities (account_id, due_at);
CREATE INDEX activities_remind ON activities (status, reminded_at, remind_at);

CREATE TABLE activity_contacts (
    activity_id TEXT NOT NULL REFERENCES activities (id),
    contact_id TEXT NOT NULL REFERENCES contacts (id),
    PRIMARY KEY (activity_id, contact_id)
);
CREATE INDEX activity_contacts_contact ON activity_contacts (contact_id);

CREATE TABLE activity_users (
    activity_id TEXT NOT NULL REFERENCES activities (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    PRIMARY KEY (activity_id, user_id)
);
CREATE INDEX activity_users_user ON activity_users (user_id);
