-- Letters that wait for an organisation that fetches them or has them posted. A letter is written when it
-- leaves, from what it follows from (an event's position, an answer's number, a checkpoint's size): what
-- people wrote stands here nowhere, and what was erased meanwhile is erased in the letter too.
CREATE TABLE outgoing_letter (
    organisation TEXT   NOT NULL,
    position     BIGINT NOT NULL,
    message      TEXT   NOT NULL,
    event        TEXT   NOT NULL,
    origin       TEXT   NOT NULL,
    place        BIGINT NOT NULL,
    at           TEXT   NOT NULL,
    since        BIGINT NOT NULL,
    PRIMARY KEY (organisation, position)
);

-- The line of each such organisation: the last position that was given, up to where it confirmed, and up
-- to where letters were let go unconfirmed. The rest is how posting them goes: who posts until when, what
-- failed how often, and when it is tried again (microseconds since 1970).
CREATE TABLE outgoing_line (
    organisation TEXT   NOT NULL PRIMARY KEY,
    last         BIGINT NOT NULL,
    confirmed    BIGINT NOT NULL,
    expired      BIGINT NOT NULL,
    holder       TEXT,
    held_until   BIGINT NOT NULL,
    failures     BIGINT NOT NULL,
    reason       TEXT,
    again_at     BIGINT NOT NULL
);
