-- What the reports read of the versions, in the order in which they read it, with all that they add up and
-- filter by, so that no row of the table is looked up. See docs/ANALYTICS.md for which report reads which.
DROP INDEX deal_versions_present;
DROP INDEX deal_versions_past;
DROP INDEX deal_versions_entered;

-- The deals as they are now: funnel, forecast, what is late or rotting.
CREATE INDEX deal_versions_present ON deal_versions (
    status, stage, owner_id, binned, valid_to, valid_from, department_id, deal_id, amount, currency,
    amount_base, probability, forecast_category, expected_close_on, created_ms, stage_entered_ms,
    rotting_days, source, category, product_id, industry, process_id, id
) WHERE valid_to IS NULL;
-- The deals as they are now, by their creation: cohorts.
CREATE INDEX deal_versions_created ON deal_versions (
    created_ms, way, status, first_owner_id, binned, valid_to, valid_from, first_department_id, owner_id,
    department_id, deal_id, amount, currency, amount_base, probability, source, category, product_id,
    industry, process_id, id
) WHERE valid_to IS NULL;
-- The deals as they were on a day: what ended since.
CREATE INDEX deal_versions_past ON deal_versions (
    status, valid_to, valid_from, stage, owner_id, binned, department_id, now_owner_id, now_department_id,
    deal_id, amount, currency, amount_base, probability, forecast_category, expected_close_on, created_ms,
    stage_entered_ms, rotting_days, source, category, product_id, industry, process_id, id
) WHERE valid_to IS NOT NULL;
-- The visits by their begin: flow.
CREATE INDEX deal_versions_entered ON deal_versions (
    valid_from, stage, left_for, owner_id, entered, left_at, left_ms, stage_entered_ms, reentered_at,
    department_id, now_owner_id, now_department_id, deal_id, status, amount, currency, amount_base,
    probability, source, category, product_id, industry, process_id, id
) WHERE entered;
-- The closings: win rate, cycle, reasons, leaderboard, what was won.
CREATE INDEX deal_versions_closed ON deal_versions (
    status, valid_from, owner_id, entered, left_at, stage_entered_ms, department_id, now_owner_id,
    now_department_id, deal_id, amount, amount_base, probability, way, stage, cycle_days, close_reason,
    winner_account_id, source, category, product_id, industry, process_id, id
) WHERE entered AND status <> 'open';

-- Who is on a deal's team sees it, too, so the totals of the registry read the identifier.
DROP INDEX deals_totals;
CREATE INDEX deals_totals ON deals (
    stage, deleted_at, status, department_id, owner_id, amount_base, probability, amount, id
);
