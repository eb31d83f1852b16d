DROP INDEX deals_beaten;
