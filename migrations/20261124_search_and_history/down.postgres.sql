DROP TRIGGER timeline_is_append_only ON timeline;
DROP FUNCTION refuse_change_of_history();
DROP INDEX contacts_search;
DROP INDEX accounts_search;
DROP INDEX deals_search;
