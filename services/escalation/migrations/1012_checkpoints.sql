-- What was signed of the tree over the log, and sent to every organisation: how many events, their root, the
-- signed note, the size of the checkpoint before it, and the proof (JSON) that this one goes on from there.
CREATE TABLE signed_checkpoint (
    size     BIGINT NOT NULL PRIMARY KEY,
    root     TEXT   NOT NULL,
    note     TEXT   NOT NULL,
    previous BIGINT NOT NULL,
    proof    TEXT   NOT NULL,
    at       TEXT   NOT NULL
);
