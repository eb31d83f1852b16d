-- By this the deals won against somebody are found without reading all.
CREATE INDEX deals_beaten ON deals (beaten_account_id, id) WHERE beaten_account_id IS NOT NULL;
