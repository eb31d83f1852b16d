ALTER TABLE products ADD COLUMN sku TEXT;
-- The folded article number, which is unique.
ALTER TABLE products ADD COLUMN sku_key TEXT;
ALTER TABLE products ADD COLUMN unit TEXT;
ALTER TABLE products ADD COLUMN cost BIGINT;
ALTER TABLE products ADD COLUMN cost_currency TEXT;
-- Hundredths of a percent.
ALTER TABLE products ADD COLUMN vat_rate BIGINT;
CREATE UNIQUE INDEX products_sku ON products (sku_key);
