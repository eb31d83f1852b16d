-- The registry's usual orders, with what decides on visibility, so that whoever sees few of many
-- deals is answered from the index alone; and the totals of the whole filtered set.
DROP INDEX deals_created;
DROP INDEX deals_amount;
DROP INDEX deals_expected_close;
CREATE INDEX deals_created ON deals (created_at, id, deleted_at, department_id, owner_id);
CREATE INDEX deals_amount ON deals (amount_base, id, deleted_at, department_id, owner_id);
CREATE INDEX deals_expected_close ON deals (expected_close_on, id, deleted_at, department_id, owner_id);
CREATE INDEX deals_title ON deals (search_text, id);
CREATE INDEX deals_totals ON deals (
    stage, deleted_at, status, department_id, owner_id, amount_base, probability, amount
);
