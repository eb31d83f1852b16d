DROP INDEX products_sku;
ALTER TABLE products DROP COLUMN vat_rate;
ALTER TABLE products DROP COLUMN cost_currency;
ALTER TABLE products DROP COLUMN cost;
ALTER TABLE products DROP COLUMN unit;
ALTER TABLE products DROP COLUMN sku_key;
ALTER TABLE products DROP COLUMN sku;
