-- What the reports read lies in the versions of the deals: each row is an interval in which nothing that
-- is counted changed. The new columns follow from the rows before; the program fills them for what was
-- there already when it starts. Instants in milliseconds since 1970, so that days between them are
-- whole numbers on both databases.
ALTER TABLE deal_versions ADD COLUMN created_ms BIGINT NOT NULL DEFAULT 0;
-- Who and where when the deal was created.
ALTER TABLE deal_versions ADD COLUMN first_owner_id TEXT NOT NULL DEFAULT '';
ALTER TABLE deal_versions ADD COLUMN first_department_id TEXT;
-- Who and where now, by which one may see the deal, whatever the row says of the past.
ALTER TABLE deal_versions ADD COLUMN now_owner_id TEXT NOT NULL DEFAULT '';
ALTER TABLE deal_versions ADD COLUMN now_department_id TEXT;
ALTER TABLE deal_versions ADD COLUMN process_id TEXT NOT NULL DEFAULT '01930000-0000-7000-8000-000000000000';
ALTER TABLE deal_versions ADD COLUMN industry TEXT;
ALTER TABLE deal_versions ADD COLUMN binned BOOLEAN NOT NULL DEFAULT FALSE;
-- The codes of the stages in which the deal has ever been, in order of the first visit, '/' between them.
ALTER TABLE deal_versions ADD COLUMN way TEXT NOT NULL DEFAULT '';
ALTER TABLE deal_versions ADD COLUMN rotting_days INTEGER;
-- The visit: since when it lasts, whether it begins with this row; of the row with which it begins, when
-- and for what it was left, and when the deal next came to the same stage.
ALTER TABLE deal_versions ADD COLUMN stage_entered_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE deal_versions ADD COLUMN entered BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE deal_versions ADD COLUMN left_at TIMESTAMP;
ALTER TABLE deal_versions ADD COLUMN left_ms BIGINT;
ALTER TABLE deal_versions ADD COLUMN left_for TEXT;
ALTER TABLE deal_versions ADD COLUMN reentered_at TIMESTAMP;
-- Of a closed deal.
ALTER TABLE deal_versions ADD COLUMN cycle_days INTEGER;
ALTER TABLE deal_versions ADD COLUMN close_reason TEXT;
ALTER TABLE deal_versions ADD COLUMN winner_account_id TEXT;

-- By this the currencies in use are found from one to the next.
CREATE INDEX deals_currency ON deals (currency);

DROP INDEX deal_versions_interval;
CREATE INDEX deal_versions_present ON deal_versions (status, stage, binned, deal_id) WHERE valid_to IS NULL;
CREATE INDEX deal_versions_past ON deal_versions (valid_to, valid_from);
CREATE INDEX deal_versions_entered ON deal_versions (valid_from, stage, deal_id) WHERE entered;
CREATE INDEX deal_versions_binned ON deal_versions (valid_from, deal_id) WHERE binned;

-- When something was done in a deal: by this a deal rots or does not, also on a day in the past.
CREATE TABLE deal_touches (
    deal_id TEXT NOT NULL REFERENCES deals (id),
    touched_at TIMESTAMP NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (deal_id, touched_at)
);
CREATE INDEX deal_touches_at ON deal_touches (touched_at, deal_id);
INSERT INTO deal_touches (deal_id, touched_at, recorded_at)
    SELECT id, last_touch_at, last_touch_at FROM deals WHERE last_touch_at IS NOT NULL;

-- What a person or a department is to win in a month, in minor units of the base currency.
CREATE TABLE targets (
    id TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT REFERENCES users (id),
    department_id TEXT REFERENCES departments (id),
    month DATE NOT NULL,
    amount BIGINT NOT NULL,
    version BIGINT NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    updated_by TEXT REFERENCES users (id)
);
CREATE UNIQUE INDEX targets_owner ON targets (owner_id, month);
CREATE UNIQUE INDEX targets_department ON targets (department_id, month);
CREATE INDEX targets_month ON targets (month);

-- By this what changed lately is found, whatever it changed.
CREATE INDEX timeline_recent ON timeline (entity, at, id);
