-- Every checkpoint of the platform's log that came in, in the order in which it came; none is ever deleted or
-- replaced. `size` and `root` are absent where the note could not be trusted. `state` says what was made of it.
CREATE TABLE checkpoints (
    message  TEXT   NOT NULL PRIMARY KEY,
    number   BIGINT NOT NULL UNIQUE,
    size     BIGINT,
    root     TEXT,
    note     TEXT   NOT NULL,
    previous BIGINT NOT NULL,
    proof    TEXT   NOT NULL,
    state    TEXT   NOT NULL,
    at       TEXT   NOT NULL
);

-- SHA-256 (base64) of what was sent, and where the platform says that it stored it: the position of the last
-- event that it became, and of how many events.
ALTER TABLE outbox ADD COLUMN digest TEXT;
ALTER TABLE outbox ADD COLUMN position BIGINT;
ALTER TABLE outbox ADD COLUMN events BIGINT;
