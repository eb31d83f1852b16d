CREATE TABLE materials (
    seq {{serial_key}},
    id TEXT{{binary}} NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_key TEXT{{binary}} NOT NULL,
    summary TEXT,
    body TEXT NOT NULL,
    -- Title, summary, labels and text, folded.
    search_text TEXT{{binary}} NOT NULL,
    language TEXT NOT NULL,
    status TEXT NOT NULL,
    -- Number of the newest published version.
    edition INTEGER NOT NULL,
    author_id TEXT NOT NULL REFERENCES users (id),
    published_at TIMESTAMP,
    deleted_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    updated_by TEXT REFERENCES users (id)
);
CREATE INDEX materials_updated ON materials (updated_at, id);
CREATE INDEX materials_title ON materials (title_key, id);
CREATE INDEX materials_author ON materials (author_id);

-- Tags, branches of business, kinds of need and products of a material.
CREATE TABLE material_labels (
    id TEXT NOT NULL PRIMARY KEY,
    material_id TEXT{{binary}} NOT NULL REFERENCES materials (id),
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    -- The word, or the identifier of the product.
    value TEXT NOT NULL,
    value_key TEXT{{binary}} NOT NULL
);
CREATE UNIQUE INDEX material_labels_material ON material_labels (material_id, kind, value_key);
CREATE INDEX material_labels_value ON material_labels (kind, value_key, material_id);

-- What was published, as the form was.
CREATE TABLE material_versions (
    id TEXT NOT NULL PRIMARY KEY,
    material_id TEXT{{binary}} NOT NULL REFERENCES materials (id),
    edition INTEGER NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT REFERENCES users (id)
);
CREATE UNIQUE INDEX material_versions_edition ON material_versions (material_id, edition);

-- What was chosen for a deal, and what was shown in it to whom.
CREATE TABLE deal_materials (
    id TEXT{{binary}} NOT NULL PRIMARY KEY,
    deal_id TEXT NOT NULL REFERENCES deals (id),
    material_id TEXT{{binary}} NOT NULL REFERENCES materials (id),
    edition INTEGER NOT NULL,
    step_id TEXT,
    activity_id TEXT,
    -- Identifiers of contacts as JSON.
    contact_ids TEXT NOT NULL,
    chosen_at TIMESTAMP,
    shown_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT REFERENCES users (id)
);
CREATE INDEX deal_materials_deal ON deal_materials (deal_id, created_at);
CREATE INDEX deal_materials_material ON deal_materials (material_id, deal_id);

CREATE VIRTUAL TABLE materials_search USING fts5 (
    search_text, content = 'materials', content_rowid = 'seq', tokenize = 'trigram'
);
CREATE TRIGGER materials_search_insert AFTER INSERT ON materials BEGIN
    INSERT INTO materials_search (rowid, search_text) VALUES (new.seq, new.search_text);
END;
CREATE TRIGGER materials_search_update AFTER UPDATE OF search_text ON materials
WHEN old.search_text <> new.search_text BEGIN
    INSERT INTO materials_search (materials_search, rowid, search_text) VALUES ('delete', old.seq, old.search_text);
    INSERT INTO materials_search (rowid, search_text) VALUES (new.seq, new.search_text);
END;
