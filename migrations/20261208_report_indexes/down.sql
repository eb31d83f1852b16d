DROP INDEX deals_totals;
CREATE INDEX deals_totals ON deals (
    stage, deleted_at, status, department_id, owner_id, amount_base, probability, amount
);
DROP INDEX deal_versions_closed;
DROP INDEX deal_versions_entered;
DROP INDEX deal_versions_past;
DROP INDEX deal_versions_created;
DROP INDEX deal_versions_present;
CREATE INDEX deal_versions_present ON deal_versions (status, stage, binned, deal_id) WHERE valid_to IS NULL;
CREATE INDEX deal_versions_past ON deal_versions (valid_to, valid_from);
CREATE INDEX deal_versions_entered ON deal_versions (valid_from, stage, deal_id) WHERE entered;
