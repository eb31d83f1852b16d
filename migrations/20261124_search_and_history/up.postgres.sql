CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX deals_search ON deals USING gin (search_text gin_trgm_ops);
CREATE INDEX accounts_search ON accounts USING gin (search_text gin_trgm_ops);
CREATE INDEX contacts_search ON contacts USING gin (search_text gin_trgm_ops);

CREATE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is append-only';
END
$$;
CREATE TRIGGER timeline_is_append_only BEFORE UPDATE OR DELETE ON timeline
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
