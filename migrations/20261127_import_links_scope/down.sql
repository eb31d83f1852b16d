ALTER TABLE imports DROP COLUMN error_code;
ALTER TABLE imports DROP COLUMN run_id;

DROP INDEX import_links_key;
DELETE FROM import_links WHERE EXISTS (
    SELECT 1 FROM import_links AS earlier
    WHERE earlier.source = import_links.source AND earlier.kind = import_links.kind
    AND earlier.source_key = import_links.source_key AND earlier.id < import_links.id
);
CREATE UNIQUE INDEX import_links_key ON import_links (source, kind, source_key);
ALTER TABLE import_links DROP COLUMN imported_by;
