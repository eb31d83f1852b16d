-- The latest rate of a currency is looked up for every deal in it.
CREATE INDEX exchange_rates_currency ON exchange_rates (currency, base, rate_on);
