-- What the store of files holds, by its content. `touched_at` is when it was last sent: what no file
-- refers to a day later is removed.
CREATE TABLE file_objects (
    sha256 TEXT{{binary}} NOT NULL PRIMARY KEY,
    size BIGINT NOT NULL,
    touched_at TIMESTAMP NOT NULL
);
CREATE INDEX file_objects_touched ON file_objects (touched_at);

CREATE TABLE files (
    id TEXT{{binary}} NOT NULL PRIMARY KEY,
    owner_kind TEXT NOT NULL,
    owner_id TEXT{{binary}} NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT{{binary}} NOT NULL,
    version INTEGER NOT NULL,
    sha256 TEXT{{binary}} NOT NULL REFERENCES file_objects (sha256),
    size BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT REFERENCES users (id),
    deleted_at TIMESTAMP
);
CREATE UNIQUE INDEX files_name ON files (owner_kind, owner_id, name_key, version);
CREATE INDEX files_owner ON files (owner_kind, owner_id, created_at, id);
CREATE INDEX files_content ON files (sha256);
