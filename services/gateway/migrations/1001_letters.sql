-- What the platform told and somebody should know, in the order in which it came. `known` = 0: a
-- letter of a kind that this release does not know yet, kept as it came.
CREATE TABLE letters (
    message   TEXT   NOT NULL PRIMARY KEY,
    number    BIGINT NOT NULL UNIQUE,
    pseudonym TEXT,
    event     TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    at        TEXT   NOT NULL,
    data      TEXT   NOT NULL,
    known     BIGINT NOT NULL
);
CREATE INDEX letters_by_pseudonym ON letters (pseudonym);
