ALTER TABLE leads ADD COLUMN tax_number TEXT;
-- The form on another site that made the lead.
ALTER TABLE leads ADD COLUMN form_id TEXT;
CREATE INDEX leads_form ON leads (form_id);

CREATE TABLE lead_forms (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    source TEXT,
    owner_id TEXT NOT NULL REFERENCES users (id),
    active BOOLEAN NOT NULL,
    -- The sites that may use it, as JSON; none: every site.
    allowed_origins TEXT NOT NULL,
    redirect_url TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);

-- Phones and tax numbers as they are compared: without blanks and signs.
ALTER TABLE accounts ADD COLUMN phone_key TEXT;
ALTER TABLE accounts ADD COLUMN tax_key TEXT;
ALTER TABLE contacts ADD COLUMN phone_key TEXT;
UPDATE accounts SET phone_key = replace(replace(replace(replace(replace(replace(replace(phone, ' ', ''), '-', ''), '(', ''), ')', ''), '+', ''), '.', ''), '/', '')
WHERE phone IS NOT NULL;
UPDATE contacts SET phone_key = replace(replace(replace(replace(replace(replace(replace(phone, ' ', ''), '-', ''), '(', ''), ')', ''), '+', ''), '.', ''), '/', '')
WHERE phone IS NOT NULL;
UPDATE accounts SET tax_key = lower(replace(replace(replace(replace(tax_number, ' ', ''), '-', ''), '.', ''), '/', ''))
WHERE tax_number IS NOT NULL;
UPDATE accounts SET phone_key = '7' || substr(phone_key, 2) WHERE length(phone_key) = 11 AND substr(phone_key, 1, 1) = '8';
UPDATE contacts SET phone_key = '7' || substr(phone_key, 2) WHERE length(phone_key) = 11 AND substr(phone_key, 1, 1) = '8';
UPDATE accounts SET phone_key = substr(phone_key, 3) WHERE substr(phone_key, 1, 2) = '00';
UPDATE contacts SET phone_key = substr(phone_key, 3) WHERE substr(phone_key, 1, 2) = '00';
CREATE INDEX accounts_phone ON accounts (phone_key);
CREATE INDEX accounts_tax ON accounts (tax_key);
CREATE INDEX contacts_phone ON contacts (phone_key);
