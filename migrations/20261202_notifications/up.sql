CREATE TABLE notifications (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    entity TEXT,
    entity_id TEXT,
    title TEXT NOT NULL,
    data TEXT NOT NULL,
    -- Whatever is to be told once has one key, however often and wherever it is told.
    dedupe_key TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    -- Since when it is shown: its creation, or the end of its snooze.
    shows_at TIMESTAMP NOT NULL,
    read_at TIMESTAMP,
    mailed_at TIMESTAMP
);
CREATE INDEX notifications_user ON notifications (user_id, shows_at, id);
CREATE INDEX notifications_unread ON notifications (user_id, read_at, shows_at);

CREATE TABLE user_preferences (
    user_id TEXT NOT NULL PRIMARY KEY REFERENCES users (id),
    mail BOOLEAN NOT NULL,
    calendar_secret TEXT UNIQUE
);
