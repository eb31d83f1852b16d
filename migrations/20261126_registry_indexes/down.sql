DROP INDEX deals_totals;
DROP INDEX deals_title;
DROP INDEX deals_expected_close;
DROP INDEX deals_amount;
DROP INDEX deals_created;
CREATE INDEX deals_created ON deals (created_at, id);
CREATE INDEX deals_amount ON deals (amount_base, id);
CREATE INDEX deals_expected_close ON deals (expected_close_on, id);
