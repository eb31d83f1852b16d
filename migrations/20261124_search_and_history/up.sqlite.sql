CREATE VIRTUAL TABLE deals_search USING fts5 (
    search_text, content = 'deals', content_rowid = 'number', tokenize = 'trigram'
);
CREATE TRIGGER deals_search_insert AFTER INSERT ON deals BEGIN
    INSERT INTO deals_search (rowid, search_text) VALUES (new.number, new.search_text);
END;
CREATE TRIGGER deals_search_update AFTER UPDATE OF search_text ON deals
WHEN old.search_text <> new.search_text BEGIN
    INSERT INTO deals_search (deals_search, rowid, search_text) VALUES ('delete', old.number, old.search_text);
    INSERT INTO deals_search (rowid, search_text) VALUES (new.number, new.search_text);
END;

CREATE VIRTUAL TABLE accounts_search USING fts5 (
    search_text, content = 'accounts', content_rowid = 'seq', tokenize = 'trigram'
);
CREATE TRIGGER accounts_search_insert AFTER INSERT ON accounts BEGIN
    INSERT INTO accounts_search (rowid, search_text) VALUES (new.seq, new.search_text);
END;
CREATE TRIGGER accounts_search_update AFTER UPDATE OF search_text ON accounts
WHEN old.search_text <> new.search_text BEGIN
    INSERT INTO accounts_search (accounts_search, rowid, search_text) VALUES ('delete', old.seq, old.search_text);
    INSERT INTO accounts_search (rowid, search_text) VALUES (new.seq, new.search_text);
END;

CREATE VIRTUAL TABLE contacts_search USING fts5 (
    search_text, content = 'contacts', content_rowid = 'seq', tokenize = 'trigram'
);
CREATE TRIGGER contacts_search_insert AFTER INSERT ON contacts BEGIN
    INSERT INTO contacts_search (rowid, search_text) VALUES (new.seq, new.search_text);
END;
CREATE TRIGGER contacts_search_update AFTER UPDATE OF search_text ON contacts
WHEN old.search_text <> new.search_text BEGIN
    INSERT INTO contacts_search (contacts_search, rowid, search_text) VALUES ('delete', old.seq, old.search_text);
    INSERT INTO contacts_search (rowid, search_text) VALUES (new.seq, new.search_text);
END;

CREATE TRIGGER timeline_is_append_only_update BEFORE UPDATE ON timeline BEGIN
    SELECT RAISE(ABORT, 'history is append-only');
END;
CREATE TRIGGER timeline_is_append_only_delete BEFORE DELETE ON timeline BEGIN
    SELECT RAISE(ABORT, 'history is append-only');
END;
