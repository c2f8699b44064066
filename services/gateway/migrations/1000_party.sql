-- A party's own tables beside its log. All of them can be told from the log and the outbox.

-- Cases as the platform calls them, and where they stand on the ladder. `placed_at` is the time of
-- the event that placed the case last, in microseconds, so that an overtaken event changes nothing.
CREATE TABLE cases (
    pseudonym     TEXT   NOT NULL PRIMARY KEY,
    own_reference TEXT   UNIQUE,
    rung          TEXT,
    tier          TEXT,
    state         TEXT   NOT NULL,
    outcome       TEXT,
    access        BIGINT NOT NULL,
    placed_at     BIGINT NOT NULL,
    since         TEXT   NOT NULL
);

-- Own cases that were reported; one report per own reference.
CREATE TABLE reported (
    own_reference TEXT NOT NULL PRIMARY KEY,
    event_id      TEXT NOT NULL UNIQUE
);

-- Events whose case has no pseudonym yet, in the order in which they were handed in.
CREATE TABLE waiting (
    event_id      TEXT   NOT NULL PRIMARY KEY,
    own_reference TEXT   NOT NULL,
    number        BIGINT NOT NULL UNIQUE,
    event         TEXT   NOT NULL,
    version       BIGINT NOT NULL,
    at            TEXT   NOT NULL,
    data          TEXT   NOT NULL
);
CREATE INDEX waiting_by_reference ON waiting (own_reference);

-- What goes out, under the sender's gapless number. The envelope is kept until the platform has
-- answered; the log keeps the event.
CREATE TABLE outbox (
    sequence BIGINT NOT NULL PRIMARY KEY,
    event_id TEXT   NOT NULL UNIQUE,
    event    TEXT   NOT NULL,
    envelope TEXT   NOT NULL,
    answer   TEXT,
    code     TEXT,
    text     TEXT
);
CREATE INDEX outbox_by_answer ON outbox (answer, sequence);

-- What came in, once each.
CREATE TABLE received (
    message TEXT NOT NULL PRIMARY KEY,
    event   TEXT NOT NULL,
    at      TEXT NOT NULL
);

-- What came in and could not be understood.
CREATE TABLE quarantine (
    id      TEXT NOT NULL PRIMARY KEY,
    at      TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason  TEXT NOT NULL,
    payload TEXT NOT NULL
);

-- What each Idempotency-Key was used for (SHA-256 of the body, hexadecimal): a key that comes back
-- with another body is a mistake of the caller's.
CREATE TABLE keys (
    message TEXT NOT NULL PRIMARY KEY,
    digest  TEXT NOT NULL
);

-- Handoffs this party offered (`ours` = 1) or was offered. `share_with`: accepted, but nobody was
-- registered yet whose identity could be shared. `decided`: the platform told the answer.
CREATE TABLE handoffs (
    handoff       TEXT   NOT NULL PRIMARY KEY,
    ours          BIGINT NOT NULL,
    pseudonym     TEXT,
    own_reference TEXT,
    card          TEXT,
    answer_by     TEXT,
    opened        TEXT,
    state         TEXT   NOT NULL,
    acted_by      TEXT,
    answer_event  TEXT,
    answered_by   TEXT,
    answered_at   TEXT,
    share_with    TEXT,
    decided       BIGINT NOT NULL DEFAULT 0
);

-- Commitments that were asked of this party.
CREATE TABLE commitments (
    request      TEXT NOT NULL PRIMARY KEY,
    pseudonym    TEXT NOT NULL,
    text         TEXT NOT NULL,
    asked_by     TEXT NOT NULL,
    state        TEXT NOT NULL,
    earlier      TEXT,
    answer_event TEXT
);

-- The people in this party's own cases, with numbers: what `identity.shared` is made of.
CREATE TABLE register (
    own_reference TEXT NOT NULL,
    person_key    TEXT NOT NULL,
    person        TEXT NOT NULL,
    PRIMARY KEY (own_reference, person_key)
);

-- This party's own clients. `name` is in comparable form.
CREATE TABLE clients (
    client     TEXT NOT NULL PRIMARY KEY,
    bsn        TEXT UNIQUE,
    name       TEXT,
    birth_date TEXT
);
CREATE INDEX clients_by_name ON clients (name, birth_date);

-- What this party knows: events of its own vocabulary. `general` = 1 holds for every client.
CREATE TABLE known (
    id         TEXT   NOT NULL PRIMARY KEY,
    number     BIGINT NOT NULL UNIQUE,
    event_type TEXT   NOT NULL,
    data       TEXT   NOT NULL,
    general    BIGINT NOT NULL
);
CREATE TABLE known_clients (
    known  TEXT NOT NULL,
    client TEXT NOT NULL,
    PRIMARY KEY (known, client)
);

-- Which case is about which client: made by matching, here and nowhere else.
CREATE TABLE matches (
    pseudonym TEXT NOT NULL,
    client    TEXT NOT NULL,
    PRIMARY KEY (pseudonym, client)
);

-- Identities that were shared with this party, and what matching made of them.
CREATE TABLE identities (
    handoff   TEXT   NOT NULL PRIMARY KEY,
    number    BIGINT NOT NULL UNIQUE,
    pseudonym TEXT   NOT NULL,
    acted_by  TEXT   NOT NULL,
    result    TEXT   NOT NULL,
    at        TEXT   NOT NULL
);

-- What was let out, once per case, known event and category.
CREATE TABLE released (
    pseudonym TEXT NOT NULL,
    known     TEXT NOT NULL,
    category  TEXT NOT NULL,
    PRIMARY KEY (pseudonym, known, category)
);
