DROP INDEX exchange_rates_currency;
