-- Whose import made a link: what nobody named a source system for is found again by that person only.
ALTER TABLE import_links ADD COLUMN imported_by TEXT NOT NULL DEFAULT '';
UPDATE import_links SET imported_by = (
    SELECT imports.created_by FROM imports WHERE imports.id = import_links.import_id
);
DROP INDEX import_links_key;
CREATE UNIQUE INDEX import_links_key ON import_links (source, imported_by, kind, source_key);

-- The present run: whoever carries it out writes only as long as it is still the present one.
ALTER TABLE imports ADD COLUMN run_id TEXT;
-- Why the last run stopped, for translation.
ALTER TABLE imports ADD COLUMN error_code TEXT;
