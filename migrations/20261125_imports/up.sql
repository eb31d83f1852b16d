CREATE TABLE imports (
    id TEXT{{binary}} NOT NULL PRIMARY KEY,
    status TEXT NOT NULL,
    dry_run BOOLEAN NOT NULL,
    source TEXT NOT NULL,
    options TEXT NOT NULL,
    report TEXT,
    error TEXT,
    rows_done BIGINT NOT NULL,
    rows_total BIGINT NOT NULL,
    wrote BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    started_at TIMESTAMP,
    finished_at TIMESTAMP
);
CREATE INDEX imports_creator ON imports (created_by, id);

CREATE TABLE import_files (
    id TEXT NOT NULL PRIMARY KEY,
    import_id TEXT{{binary}} NOT NULL REFERENCES imports (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    kind TEXT NOT NULL,
    encoding TEXT NOT NULL,
    delimiter TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    mapping TEXT NOT NULL,
    stage_values TEXT NOT NULL,
    preview TEXT NOT NULL,
    problems TEXT NOT NULL
);
CREATE UNIQUE INDEX import_files_import ON import_files (import_id, position);

CREATE TABLE import_chunks (
    id TEXT NOT NULL PRIMARY KEY,
    file_id TEXT NOT NULL REFERENCES import_files (id),
    position INTEGER NOT NULL,
    content {{bytes}} NOT NULL
);
CREATE UNIQUE INDEX import_chunks_file ON import_chunks (file_id, position);

CREATE TABLE import_problems (
    id TEXT NOT NULL PRIMARY KEY,
    import_id TEXT{{binary}} NOT NULL REFERENCES imports (id),
    position BIGINT NOT NULL,
    file_id TEXT,
    file TEXT NOT NULL,
    row_number BIGINT,
    column_name TEXT,
    cell TEXT,
    severity TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    occurrences BIGINT NOT NULL
);
CREATE UNIQUE INDEX import_problems_import ON import_problems (import_id, position);

CREATE TABLE import_links (
    id TEXT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    source_key TEXT{{binary}} NOT NULL,
    record_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    import_id TEXT{{binary}} NOT NULL REFERENCES imports (id),
    updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX import_links_key ON import_links (source, kind, source_key);
CREATE INDEX import_links_record ON import_links (record_id);
